package io.tollgate.trading.engine.backtest;

/** Why something that a strategy said was not traded. */
public enum DropReason {
  /** A position was open, or an order under way, and rules allow no second one. */
  POSITION_OPEN,
  /** There was no position of the side to close or to add to. */
  NO_POSITION,
  /** The stop was passed, or the target reached, when it would have been filled. */
  LEVEL_PASSED,
  /** The target was too near for the distance of the stop. */
  RISK_REWARD,
  /** Sized by what may be lost, but without a stop. */
  NO_STOP,
  /** The amount is less than one step of quantity. */
  TOO_SMALL,
  /** The most allowed of drawdown or of losses in a row was reached. */
  HALTED,
  /** A limit order whose price did not come in time. */
  LIMIT_EXPIRED,
  /** The bars ended before it was due. */
  NO_BAR
}
