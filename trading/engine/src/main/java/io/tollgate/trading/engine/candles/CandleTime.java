package io.tollgate.trading.engine.candles;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/** A moment of market data, as people write it. */
public final class CandleTime {
  public static final String EXPECTED =
      "a time such as 2026-01-31T12:00:00Z, or seconds or milliseconds since 1970, before 2100";

  /** 2100-01-01, in milliseconds since 1970. */
  private static final long END_MS = 4_102_444_800_000L;

  /**
   * A number below it is in seconds: in milliseconds it would be a time of March 1973 or before.
   */
  private static final long SECONDS_BELOW = 100_000_000_000L;

  private static final int LONGEST = 40;

  private CandleTime() {}

  /** Milliseconds since 1970; empty where the text is no such time. */
  public static OptionalLong parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return OptionalLong.empty();
    }
    return digits(text) ? number(text) : iso(text);
  }

  private static boolean digits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static OptionalLong number(String text) {
    try {
      BigDecimal given = new BigDecimal(text);
      boolean seconds = given.compareTo(BigDecimal.valueOf(SECONDS_BELOW)) < 0;
      return bounded((seconds ? given.movePointRight(3) : given).longValueExact());
    } catch (ArithmeticException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong iso(String text) {
    try {
      return bounded(OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** A time in milliseconds since 1970; empty where it is before, or not before 2100. */
  public static OptionalLong bounded(long timeMs) {
    return timeMs >= 0 && timeMs < END_MS ? OptionalLong.of(timeMs) : OptionalLong.empty();
  }
}
