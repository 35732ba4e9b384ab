package io.tollgate.trading.engine.backtest;

/** What becomes of an opening signal while a position of the other side is open. */
public enum OnOpposite {
  /** It is dropped: there is one position at a time. */
  IGNORE,
  /** The position is closed at the fill, and the other opened. */
  REVERSE,
  /** Both are held. */
  HEDGE
}
