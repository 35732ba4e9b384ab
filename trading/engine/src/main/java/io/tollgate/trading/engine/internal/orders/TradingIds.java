package io.tollgate.trading.engine.internal.orders;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids: a word and 16 hexadecimal digits. */
final class TradingIds {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final RandomGenerator random;

  TradingIds(RandomGenerator random) {
    this.random = random;
  }

  String next(Kind kind) {
    return kind.prefix + HEX.toHexDigits(random.nextLong());
  }

  /** What is named. */
  enum Kind {
    ORDER("ORD-"),
    FILL("FILL-"),
    POSITION("POS-"),
    LEDGER_ACCOUNT("ACCT-"),
    TRANSACTION("TXN-"),
    SIGNAL("SIG"),
    MANUAL_CLOSE("MC");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }
}
