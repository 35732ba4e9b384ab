package io.tollgate.trading.strategies;

import java.util.Optional;

/**
 * A strategy at work on one symbol: a fold over its closed bars. The same bars from the same first
 * one give the same outputs, bit for bit, live and in a backtest. Allocates nothing for a bar of
 * which it says nothing. For one thread.
 */
public interface SignalStrategy {
  /**
   * Takes the next closed bar. One that is not {@link Bar#sound}, or does not open after the one
   * before, is passed over as if it had not come.
   *
   * @param openTime in milliseconds since 1970
   * @param volume in the base coin
   * @return what it says of it, at most one thing
   */
  Optional<StrategyOutput> onBar(
      long openTime, double open, double high, double low, double close, double volume);

  /** The same. */
  default Optional<StrategyOutput> onBar(Bar bar) {
    return onBar(bar.openTime(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
  }

  /**
   * Bars that must have closed before it says anything: the first output can come with the bar of
   * this number, counted from 1.
   */
  int bars();

  /** Bars it has taken. */
  long taken();

  /** Bars it has passed over. */
  long passedOver();

  /** Its state, from which one of the same settings goes on as it would. */
  byte[] save();

  /**
   * Goes on from a saved state.
   *
   * @throws IllegalArgumentException when it is not one of this strategy with these settings; this
   *     one is then of no use, and is rebuilt from its first bar
   */
  void restore(byte[] saved);
}
