package io.tollgate.trading.exchange;

import io.tollgate.ground.GivenText;
import java.util.Locale;

/** Where accounts are. */
public enum Exchange {
  BINANCE,
  OKX,
  GATE,
  /** Simulated by ourselves. */
  PAPER;

  /** As interfaces write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its keys come with a passphrase. */
  public boolean wantsPassphrase() {
    return this == OKX;
  }

  /**
   * The exchange of a word, whatever its case.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none
   */
  public static Exchange of(String field, String code) {
    for (Exchange exchange : values()) {
      if (exchange.code().equals(code.toLowerCase(Locale.ROOT))) {
        return exchange;
      }
    }
    throw GivenText.refused(field, code, "binance, okx, gate or paper");
  }
}
