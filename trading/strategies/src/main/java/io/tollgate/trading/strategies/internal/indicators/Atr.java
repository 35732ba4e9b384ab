package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Average true range: Wilder's mean of max(h − l, |h − c₋₁|, |l − c₋₁|), which there is from the
 * second bar on. First with bar n+1.
 */
public final class Atr {
  private final Rma mean;
  private double closeBefore = Double.NaN;

  public Atr(int period) {
    this.mean = new Rma(period);
  }

  public double add(double high, double low, double close) {
    if (!Double.isNaN(closeBefore)) {
      mean.add(trueRange(high, low, closeBefore));
    }
    closeBefore = close;
    return mean.value();
  }

  static double trueRange(double high, double low, double closeBefore) {
    return Math.max(
        high - low, Math.max(Math.abs(high - closeBefore), Math.abs(low - closeBefore)));
  }

  public double value() {
    return mean.value();
  }

  public void state(StateCopy copy) {
    mean.state(copy);
    closeBefore = copy.number(closeBefore);
  }
}
