package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * How many deviations (of a sample, n−1) a close is above the mean of the last n; 0 where they do
 * not differ. First with bar n.
 */
public final class ZScore {
  private final Sma mean;
  private final int period;
  private double value = Double.NaN;

  /** {@code period} is 2 or more. */
  public ZScore(int period) {
    this.mean = new Sma(period);
    this.period = period;
  }

  public double add(double close) {
    double middle = mean.add(close);
    if (!Double.isNaN(middle)) {
      double deviation = Math.sqrt(mean.squares() / (period - 1));
      value = deviation == 0 ? 0 : (close - middle) / deviation;
    }
    return value;
  }

  public double value() {
    return value;
  }

  public double mean() {
    return mean.value();
  }

  public void state(StateCopy copy) {
    mean.state(copy);
    value = copy.number(value);
  }
}
