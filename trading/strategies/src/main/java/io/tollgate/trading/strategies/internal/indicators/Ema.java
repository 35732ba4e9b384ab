package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Exponential mean: seeded by the mean of the first n numbers, then e += 2/(n+1) × (x − e). First
 * with the n-th.
 */
public final class Ema implements Average {
  private final Seed seed;
  private final double rate;
  private double value = Double.NaN;

  public Ema(int period) {
    this.seed = new Seed(period);
    this.rate = 2.0 / (period + 1);
  }

  @Override
  public double add(double number) {
    value = seed.complete() ? value + rate * (number - value) : seed.add(number);
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
