package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as the exchange writes them: text with a fixed number of decimals. */
public final class Shown {
  private static final int DECIMALS = 8;

  private Shown() {}

  /** Eight decimals. */
  public static String of(BigDecimal value) {
    return value.setScale(DECIMALS, RoundingMode.HALF_UP).toPlainString();
  }

  public static String price(Instrument instrument, BigDecimal value) {
    return value.setScale(instrument.priceDecimals(), RoundingMode.HALF_UP).toPlainString();
  }

  public static String quantity(Instrument instrument, BigDecimal value) {
    return value.setScale(instrument.quantityDecimals(), RoundingMode.HALF_UP).toPlainString();
  }

  /** Without zeros at the end. */
  public static String shortest(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
