package io.tollgate.trading.engine;

import io.tollgate.ground.GivenText;
import java.util.Locale;

/** In which kind of market a strategy trades. */
public enum MarketType {
  FUTURE,
  SPOT;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an account must be to trade there. */
  public AccountType accounts() {
    return switch (this) {
      case FUTURE -> AccountType.FUTURES;
      case SPOT -> AccountType.SPOT;
    };
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
