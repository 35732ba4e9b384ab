package io.tollgate.sandbox.internal.trading.book;

/** Where an order is. */
public enum OrderStatus {
  NEW,
  PARTIALLY_FILLED,
  FILLED,
  CANCELED,
  EXPIRED;

  public boolean open() {
    return this == NEW || this == PARTIALLY_FILLED;
  }
}
