package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Relative strength: 100 − 100/(1 + gains/losses), both Wilder's means. Without losses 100, without
 * either 50. First with bar n+1.
 */
public final class Rsi {
  private final Rma gains;
  private final Rma losses;
  private double closeBefore = Double.NaN;
  private double value = Double.NaN;

  public Rsi(int period) {
    this.gains = new Rma(period);
    this.losses = new Rma(period);
  }

  public double add(double close) {
    if (!Double.isNaN(closeBefore)) {
      double change = close - closeBefore;
      double gain = gains.add(Math.max(change, 0));
      double loss = losses.add(Math.max(-change, 0));
      value = strength(gain, loss);
    }
    closeBefore = close;
    return value;
  }

  private static double strength(double gain, double loss) {
    if (loss == 0) {
      return gain == 0 ? 50 : 100;
    }
    return 100 - 100 / (1 + gain / loss);
  }

  public double value() {
    return value;
  }

  public void state(StateCopy copy) {
    gains.state(copy);
    losses.state(copy);
    closeBefore = copy.number(closeBefore);
    value = copy.number(value);
  }
}
