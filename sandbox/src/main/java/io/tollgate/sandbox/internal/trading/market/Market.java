package io.tollgate.sandbox.internal.trading.market;

/** The two markets that are traded on. */
public enum Market {
  SPOT,
  FUTURES
}
