package io.tollgate.trading.engine.search;

import io.tollgate.trading.engine.backtest.RunControl;

/** Looks for good parameters on a part of the candles. */
@FunctionalInterface
public interface Searcher {
  /**
   * What is found.
   *
   * @param from index of the first candle
   * @param to index after the last
   */
  Ranking ranked(int from, int to, RunControl control);
}
