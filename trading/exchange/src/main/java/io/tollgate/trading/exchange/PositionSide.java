package io.tollgate.trading.exchange;

/** Which position of a contract an order concerns. */
public enum PositionSide {
  LONG,
  SHORT,
  /** The only one: spot, and contracts in one-way mode. */
  NONE
}
