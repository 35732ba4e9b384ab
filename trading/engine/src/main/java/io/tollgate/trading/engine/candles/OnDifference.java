package io.tollgate.trading.engine.candles;

/** What is done with a candle that differs from the stored one of the same time. */
public enum OnDifference {
  /** The stored one stays, so that a backtest says tomorrow what it says today; it is counted. */
  KEEP,
  /** The new one takes its place, and is counted. */
  REPLACE
}
