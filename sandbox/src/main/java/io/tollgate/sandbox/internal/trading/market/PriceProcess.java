package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The undisturbed price of a symbol as a function of time: {@code P0 * exp(S(t) - S(t0))}, t0 being
 * 2026-01-01T00:00Z, where it is P0. The same on every machine (StrictMath). Thread-safe.
 */
final class PriceProcess {
  /** 2026-01-01T00:00Z. */
  static final long REFERENCE_MILLIS = 1_767_225_600_000L;

  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  private static final int REMEMBERED_HOURS = 50_000;
  private static final int LEAST_VOLUME = 10;
  private static final int VOLUME_RANGE = 90;
  private static final double THOUSANDTHS = 1000;

  private final double reference;
  private final double start;
  private final Waves now;
  private final Waves scan;
  private final Noise noise;
  private final Map<Long, Span> hours =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Span> eldest) {
          return size() > REMEMBERED_HOURS;
        }
      };

  /** Extremes of S, and the volume in thousandths of the base coin. */
  record Span(double least, double most, long volume) {
    Span and(Span other) {
      return new Span(
          Math.min(least, other.least), Math.max(most, other.most), volume + other.volume);
    }
  }

  PriceProcess(long seed, String symbol, BigDecimal start) {
    this.noise = new Noise(seed, symbol);
    this.now = new Waves(noise);
    this.scan = new Waves(noise);
    this.start = start.doubleValue();
    this.reference = now.at(REFERENCE_MILLIS);
  }

  /** The price, not rounded. */
  synchronized double at(long millis) {
    return price(now.at(millis));
  }

  /** The price that a value of S stands for; it grows with S. */
  double price(double sum) {
    return start * StrictMath.exp(sum - reference);
  }

  /**
   * What happened in [from, to], {@code from} at the beginning of a minute. S is linear within a
   * minute, so that its extremes are at whole minutes and at the end; volume is that of the minutes
   * that have begun before the end.
   */
  Span between(long from, long to) {
    long at = from;
    Span span = point(from);
    while (at < to) {
      if (at % HOUR == 0 && at + HOUR <= to) {
        span = span.and(hour(at));
        at += HOUR;
      } else {
        long end = Math.min(at + MINUTE, to);
        span = span.and(minute(at, end));
        at = end;
      }
    }
    return span;
  }

  private synchronized Span point(long millis) {
    double sum = scan.at(millis);
    return new Span(sum, sum, 0);
  }

  private synchronized Span minute(long from, long to) {
    double end = scan.at(to);
    return new Span(end, end, volume(from / MINUTE));
  }

  private synchronized Span hour(long from) {
    Span known = hours.get(from);
    if (known != null) {
      return known;
    }
    Span span = point(from);
    for (long at = from; at < from + HOUR; at += MINUTE) {
      span = span.and(minute(at, at + MINUTE));
    }
    hours.put(from, span);
    return span;
  }

  /** What is traded in a minute, in thousandths of the base coin. */
  synchronized long volume(long minute) {
    double share = (noise.at("vol", minute) + 1) / 2;
    return Math.round((LEAST_VOLUME + VOLUME_RANGE * share) * THOUSANDTHS);
  }

  /** Whether the taker of a trade in the tape sold. */
  synchronized boolean sold(long trade) {
    return noise.at("tape", trade) < 0;
  }
}
