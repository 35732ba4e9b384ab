package io.tollgate.trading.exchange;

/** What stands for a position's losses. */
public enum MarginMode {
  /** Its own margin. */
  ISOLATED,
  /** All of the account. */
  CROSS
}
