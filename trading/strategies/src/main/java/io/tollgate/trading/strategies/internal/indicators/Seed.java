package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/** The mean of the first n numbers, from which smoothed means go on. */
final class Seed {
  private final double[] first;
  private int filled;

  Seed(int period) {
    this.first = new double[period];
  }

  /** Whether it has all of them. */
  boolean complete() {
    return filled == first.length;
  }

  /** Takes one; the mean with the last of them, NaN before. */
  double add(double number) {
    first[filled++] = number;
    return complete() ? ExactMean.of(first) : Double.NaN;
  }

  void state(StateCopy copy) {
    copy.numbers(first);
    filled = copy.within(filled, 0, first.length);
  }
}
