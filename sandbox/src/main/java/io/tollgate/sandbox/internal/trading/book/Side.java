package io.tollgate.sandbox.internal.trading.book;

/** Which way an order goes. */
public enum Side {
  BUY,
  SELL;

  public Side other() {
    return this == BUY ? SELL : BUY;
  }
}
