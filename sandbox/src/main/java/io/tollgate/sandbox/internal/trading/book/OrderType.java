package io.tollgate.sandbox.internal.trading.book;

/** Kinds of orders, by the exchange's names. */
public enum OrderType {
  LIMIT,
  MARKET,
  LIMIT_MAKER,
  STOP,
  TAKE_PROFIT,
  STOP_MARKET,
  TAKE_PROFIT_MARKET,
  LIQUIDATION;

  /** Whether it waits for a price before it becomes an order. */
  public boolean conditional() {
    return this == STOP || this == TAKE_PROFIT || this == STOP_MARKET || this == TAKE_PROFIT_MARKET;
  }

  /** Whether a conditional order becomes one with a limit. */
  public boolean limited() {
    return this == LIMIT || this == LIMIT_MAKER || this == STOP || this == TAKE_PROFIT;
  }

  /** Whether a conditional order waits for a price that is worse than now. */
  public boolean stops() {
    return this == STOP || this == STOP_MARKET;
  }
}
