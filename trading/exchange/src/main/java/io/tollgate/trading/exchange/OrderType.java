package io.tollgate.trading.exchange;

/** How an order's price comes about. */
public enum OrderType {
  MARKET,
  LIMIT
}
