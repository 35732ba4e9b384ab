package io.tollgate.trading.strategies;

/** Which way a strategy wants to trade. */
public enum SignalSide {
  BUY(1),
  SELL(-1);

  private final int sign;

  SignalSide(int sign) {
    this.sign = sign;
  }

  /** 1 when rising prices are a profit to what it opens, else −1. */
  public int sign() {
    return sign;
  }

  public SignalSide opposite() {
    return this == BUY ? SELL : BUY;
  }
}
