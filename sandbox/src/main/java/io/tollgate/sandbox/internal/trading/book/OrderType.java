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
  STOP_LOSS,
  STOP_LOSS_LIMIT,
  TAKE_PROFIT_LIMIT,
  /** The spot market's {@code TAKE_PROFIT}, which futures have for something with a limit. */
  SPOT_TAKE_PROFIT,
  LIQUIDATION;

  /** As the exchange names it. */
  public String text() {
    return this == SPOT_TAKE_PROFIT ? TAKE_PROFIT.name() : name();
  }

  /** Whether it rests on the spot market until a price is reached. */
  public boolean waitsOnSpot() {
    return this == STOP_LOSS
        || this == STOP_LOSS_LIMIT
        || this == SPOT_TAKE_PROFIT
        || this == TAKE_PROFIT_LIMIT;
  }

  /** Whether it waits for a price before it becomes an order. */
  public boolean conditional() {
    return this == STOP || this == TAKE_PROFIT || this == STOP_MARKET || this == TAKE_PROFIT_MARKET;
  }

  /** Whether a conditional order becomes one with a limit. */
  public boolean limited() {
    return this == LIMIT
        || this == LIMIT_MAKER
        || this == STOP
        || this == TAKE_PROFIT
        || this == STOP_LOSS_LIMIT
        || this == TAKE_PROFIT_LIMIT;
  }

  /** Whether a conditional order waits for a price that is worse than now. */
  public boolean stops() {
    return this == STOP || this == STOP_MARKET || this == STOP_LOSS || this == STOP_LOSS_LIMIT;
  }
}
