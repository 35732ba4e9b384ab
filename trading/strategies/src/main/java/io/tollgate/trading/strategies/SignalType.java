package io.tollgate.trading.strategies;

/** What a strategy wants done. */
public enum SignalType {
  /** A new position. */
  OPEN,
  /** The end of a position, or of a part of it. */
  CLOSE,
  /** More of a position that is there. */
  ADD,
  /** Nothing; said to show what it sees. */
  HOLD,
  /** Two new positions at once, one each way. */
  HEDGE
}
