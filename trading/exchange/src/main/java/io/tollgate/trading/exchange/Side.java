package io.tollgate.trading.exchange;

/** Which way an order trades. */
public enum Side {
  BUY,
  SELL;

  /** The other way. */
  public Side opposite() {
    return this == BUY ? SELL : BUY;
  }
}
