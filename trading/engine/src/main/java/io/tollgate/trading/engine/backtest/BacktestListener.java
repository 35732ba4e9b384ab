package io.tollgate.trading.engine.backtest;

/** Is told of a run while it goes on, in the order of bars; called on the run's own thread. */
public interface BacktestListener {
  /** A position, or a part of one, was closed. */
  void closed(BacktestTrade trade);

  /** Something that the strategy said was not traded. */
  default void dropped(DropReason reason) {}

  /**
   * A bar has closed.
   *
   * @param openTime of the bar, in milliseconds since 1970
   * @param equity balance and open profit at the close: a measure, not an amount to be booked
   * @param balance likewise, without open profit
   */
  default void equity(long openTime, double equity, double balance) {}
}
