package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What trading costs: shares of what is traded, rounded half up to eight decimals. */
public final class Fees {
  public static final BigDecimal FUTURES_TAKER = new BigDecimal("0.0004");
  public static final BigDecimal FUTURES_MAKER = new BigDecimal("0.0002");
  public static final BigDecimal SPOT = new BigDecimal("0.001");
  public static final BigDecimal LIQUIDATION = new BigDecimal("0.0125");
  private static final int DECIMALS = 8;

  private Fees() {}

  static BigDecimal of(BigDecimal amount, BigDecimal rate) {
    return amount.multiply(rate).setScale(DECIMALS, RoundingMode.HALF_UP);
  }

  static BigDecimal futures(BigDecimal notional, boolean maker) {
    return of(notional, maker ? FUTURES_MAKER : FUTURES_TAKER);
  }
}
