package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/** A mean of the numbers so far, of one kind or another. */
public interface Average {
  /**
   * Takes the next number.
   *
   * @return {@link #value()}
   */
  double add(double number);

  /** NaN before the first. */
  double value();

  void state(StateCopy copy);
}
