package io.tollgate.sandbox.internal.trading.market;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** How long a candle is, and where it begins (UTC). */
public enum Interval {
  M1("1m", 1),
  M3("3m", 3),
  M5("5m", 5),
  M15("15m", 15),
  M30("30m", 30),
  H1("1h", 60),
  H2("2h", 120),
  H4("4h", 240),
  H6("6h", 360),
  H8("8h", 480),
  H12("12h", 720),
  D1("1d", 1_440),
  D3("3d", 4_320),
  W1("1w", 10_080),
  MONTH("1M", 44_640);

  /** 1970-01-05 was a Monday. */
  private static final long FIRST_MONDAY = 4 * 86_400_000L;

  private final String code;
  private final long millis;

  Interval(String code, long minutes) {
    this.code = code;
    this.millis = minutes * PriceProcess.MINUTE;
  }

  public String code() {
    return code;
  }

  public static Optional<Interval> of(String code) {
    return Arrays.stream(values()).filter(interval -> interval.code.equals(code)).findFirst();
  }

  /** The beginning of the candle in which a time lies. */
  public long start(long time) {
    return switch (this) {
      case MONTH -> millis(date(time).withDayOfMonth(1));
      case W1 -> Math.floorDiv(time - FIRST_MONDAY, millis) * millis + FIRST_MONDAY;
      case M1, M3, M5, M15, M30, H1, H2, H4, H6, H8, H12, D1, D3 ->
          Math.floorDiv(time, millis) * millis;
    };
  }

  /** The beginning of the candle after the one that begins at {@code start}. */
  public long next(long start) {
    return this == MONTH ? millis(date(start).plusMonths(1)) : start + millis;
  }

  /** The beginning of the candle that many before. */
  public long back(long start, int candles) {
    return this == MONTH ? millis(date(start).minusMonths(candles)) : start - candles * millis;
  }

  private static LocalDate date(long time) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }
}
