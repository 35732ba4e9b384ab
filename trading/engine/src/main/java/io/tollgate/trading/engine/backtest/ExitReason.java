package io.tollgate.trading.engine.backtest;

/** Why a position was closed. */
public enum ExitReason {
  STOP_LOSS,
  TAKE_PROFIT,
  TRAILING_STOP,
  /** The strategy said so. */
  SIGNAL,
  /** An isolated position had lost its margin but for the maintenance. */
  LIQUIDATION,
  /** There were no more bars. */
  END
}
