package io.tollgate.sandbox.internal.trading.book;

/** Which of a symbol's positions: {@code BOTH} in one-way mode. */
public enum PositionSide {
  BOTH,
  LONG,
  SHORT
}
