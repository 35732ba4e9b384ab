package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Wilder's smoothed mean: seeded by the mean of the first n numbers, then r += (x − r)/n. First
 * with the n-th. (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.)
 */
public final class Rma implements Average {
  private final Seed seed;
  private final int period;
  private double value = Double.NaN;

  public Rma(int period) {
    this.seed = new Seed(period);
    this.period = period;
  }

  @Override
  public double add(double number) {
    value = seed.complete() ? value + (number - value) / period : seed.add(number);
    return value;
  }

  @Override
  public double value() {
    return value;
  }

  @Override
  public void state(StateCopy copy) {
    seed.state(copy);
    value = copy.number(value);
  }
}
