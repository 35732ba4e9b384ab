package io.tollgate.trading.exchange;

/** Why an exchange took no order, for good. */
public enum Rejection {
  INSUFFICIENT_BALANCE,
  /** Too little, in quantity or in value. */
  MIN_NOTIONAL,
  /** A price or quantity with more digits than there are steps. */
  BAD_PRECISION,
  SYMBOL_NOT_FOUND,
  /** It would have to reduce a position, and there is none, or none that large. */
  REDUCE_ONLY,
  /** Anything else. */
  REJECTED
}
