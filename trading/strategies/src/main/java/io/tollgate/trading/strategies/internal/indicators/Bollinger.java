package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * The mean of n closes, and bands so many deviations (of the whole population) above and below it.
 * First with bar n. The deviation is added up over the window, from the oldest on, at each bar.
 */
public final class Bollinger {
  private final Sma mean;
  private final int period;
  private final double deviations;
  private double reach = Double.NaN;

  public Bollinger(int period, double deviations) {
    this.mean = new Sma(period);
    this.period = period;
    this.deviations = deviations;
  }

  public void add(double close) {
    mean.add(close);
    reach = deviations * Math.sqrt(mean.squares() / period);
  }

  public double middle() {
    return mean.value();
  }

  public double upper() {
    return mean.value() + reach;
  }

  public double lower() {
    return mean.value() - reach;
  }

  /** Distance of the bands, in percent of the middle. */
  public double width() {
    return (upper() - lower()) / middle() * 100;
  }

  public void state(StateCopy copy) {
    mean.state(copy);
    reach = copy.number(reach);
  }
}
