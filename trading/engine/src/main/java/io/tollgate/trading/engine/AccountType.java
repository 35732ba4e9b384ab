package io.tollgate.trading.engine;

import io.tollgate.ground.GivenText;
import io.tollgate.trading.exchange.MarketType;
import java.util.Locale;

/** What is traded on an account. */
public enum AccountType {
  FUTURES,
  SPOT;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What an account must be to trade in a kind of market. */
  public static AccountType in(MarketType market) {
    return switch (market) {
      case FUTURE -> FUTURES;
      case SPOT -> SPOT;
    };
  }

  /**
   * The type of a word, whatever its case.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
   */
  public static AccountType of(String field, String code) {
    for (AccountType type : values()) {
      if (type.code().equals(code.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    throw GivenText.refused(field, code, "futures or spot");
  }
}
