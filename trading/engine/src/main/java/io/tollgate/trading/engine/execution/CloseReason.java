package io.tollgate.trading.engine.execution;

/** Why a position was closed, or made smaller. */
public enum CloseReason {
  /** Its stop was reached. */
  SL,
  /** Its target was. */
  TP,
  SIGNAL,
  /** A person wanted it. */
  MANUAL,
  /** The exchange did it. */
  LIQUIDATION
}
