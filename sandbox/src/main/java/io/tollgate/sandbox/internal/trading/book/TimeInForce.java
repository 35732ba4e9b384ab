package io.tollgate.sandbox.internal.trading.book;

/** How long an order stays. */
public enum TimeInForce {
  GTC,
  IOC,
  FOK,
  /** As a maker or not at all. */
  GTX
}
