package io.tollgate.trading.engine.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round places on an axis, with what stands beside them. */
final class Ticks {
  private static final int MOST = 6;
  private static final double[] ROUND = {1, 2, 5, 10};
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(4),
          Duration.ofDays(7),
          Duration.ofDays(14),
          Duration.ofDays(30),
          Duration.ofDays(91),
          Duration.ofDays(182));
  private static final Duration YEAR = Duration.ofDays(365);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Ticks() {}

  /**
   * One of them.
   *
   * @param at on the axis
   */
  record Tick(double at, String label) {}

  /** Values from the least to the most, which is above it. */
  static List<Tick> values(double least, double most) {
    double rough = (most - least) / (MOST - 1);
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = 10 * power;
    for (double each : ROUND) {
      if (each * power >= rough) {
        step = each * power;
        break;
      }
    }
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step)));
    List<Tick> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(least / step); i * step <= most; i++) {
      ticks.add(
          new Tick(i * step, String.format(Locale.ROOT, "%,." + decimals + "f", rounded(i, step))));
    }
    return ticks;
  }

  /** Without what is left of binary fractions. */
  private static BigDecimal rounded(long times, double step) {
    return BigDecimal.valueOf(step).multiply(BigDecimal.valueOf(times));
  }

  /** Moments between two, in milliseconds since 1970, in UTC. */
  static List<Tick> times(long from, long to) {
    long step = step(to - from);
    DateTimeFormatter format = step < Duration.ofDays(1).toMillis() ? MINUTE : DAY;
    List<Tick> ticks = new ArrayList<>();
    for (long at = Math.ceilDiv(from, step) * step; at <= to; at += step) {
      ticks.add(new Tick(at, format.format(Instant.ofEpochMilli(at))));
    }
    return ticks;
  }

  private static long step(long span) {
    for (Duration each : STEPS) {
      if (span / each.toMillis() < MOST) {
        return each.toMillis();
      }
    }
    return YEAR.toMillis() * (span / (YEAR.toMillis() * MOST) + 1);
  }
}
