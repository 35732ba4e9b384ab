package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.util.Locale;

/** The kinds of market: {@link #FUTURE} are perpetual contracts margined in USDT. */
public enum MarketType {
  FUTURE,
  SPOT;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of a word, whatever its case.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
   */
  public static MarketType of(String field, String code) {
    for (MarketType type : values()) {
      if (type.code().equals(code.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    throw GivenText.refused(field, code, "future or spot");
  }
}
