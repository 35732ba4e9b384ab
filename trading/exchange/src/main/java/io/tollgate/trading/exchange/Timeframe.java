package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.time.Duration;

/** How long a bar lasts. Bars begin at whole multiples of it since 1970, in UTC. */
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

  private final String code;
  private final Duration length;

  Timeframe(String code, int minutes) {
    this.code = code;
    this.length = Duration.ofMinutes(minutes);
  }

  /** As interfaces write it, e.g. {@code 15m}. */
  public String code() {
    return code;
  }

  public Duration length() {
    return length;
  }

  /**
   * The timeframe of a code.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
   */
  public static Timeframe of(String field, String code) {
    for (Timeframe timeframe : values()) {
      if (timeframe.code.equals(code)) {
        return timeframe;
      }
    }
    throw GivenText.refused(field, code, "1m 3m 5m 15m 30m 1h 2h 4h 6h 12h or 1d");
  }
}
