package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/** EMA(n) of the close, and bands m·ATR(a) above and below it. First with bar max(n, a+1). */
public final class Keltner {
  private final Ema mean;
  private final Atr atr;
  private final double multiple;

  public Keltner(int emaPeriod, int atrPeriod, double multiple) {
    this.mean = new Ema(emaPeriod);
    this.atr = new Atr(atrPeriod);
    this.multiple = multiple;
  }

  public void add(double high, double low, double close) {
    mean.add(close);
    atr.add(high, low, close);
  }

  public double middle() {
    return mean.value();
  }

  public double upper() {
    return mean.value() + multiple * atr.value();
  }

  public double lower() {
    return mean.value() - multiple * atr.value();
  }

  public double atr() {
    return atr.value();
  }

  public void state(StateCopy copy) {
    mean.state(copy);
    atr.state(copy);
  }
}
