package io.tollgate.contracts;

import io.tollgate.ground.GivenText;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How long a bar is. Bars begin at whole multiples of their length since 1970, in UTC. */
public enum Timeframe {
  ONE_MINUTE("1m", 1),
  THREE_MINUTES("3m", 3),
  FIVE_MINUTES("5m", 5),
  FIFTEEN_MINUTES("15m", 15),
  THIRTY_MINUTES("30m", 30),
  ONE_HOUR("1h", 60),
  TWO_HOURS("2h", 120),
  FOUR_HOURS("4h", 240),
  SIX_HOURS("6h", 360),
  TWELVE_HOURS("12h", 720),
  ONE_DAY("1d", 1440);

  private static final long MINUTE_MS = 60_000;

  private final String code;
  private final long lengthMs;

  Timeframe(String code, long minutes) {
    this.code = code;
    this.lengthMs = minutes * MINUTE_MS;
  }

  /**
   * The timeframe of a code.
   *
   * @param field in which it was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none such
   */
  public static Timeframe of(String field, String given) {
    return Arrays.stream(values())
        .filter(timeframe -> timeframe.code.equals(given))
        .findFirst()
        .orElseThrow(() -> GivenText.refused(field, given, "one of " + codes()));
  }

  private static String codes() {
    return Arrays.stream(values()).map(Timeframe::code).collect(Collectors.joining(", "));
  }

  /** As exchanges write it, e.g. {@code 15m}. */
  public String code() {
    return code;
  }

  public long lengthMs() {
    return lengthMs;
  }

  public Duration length() {
    return Duration.ofMillis(lengthMs);
  }

  /** When the bar opened that a moment falls into; both in milliseconds since 1970. */
  public long openTimeOf(long timeMs) {
    return timeMs - Math.floorMod(timeMs, lengthMs);
  }
}
