package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/** Rate of change: (c/c₋ₙ − 1) × 100. First with bar n+1. */
public final class Roc {
  private final Past closes;
  private final int period;

  public Roc(int period) {
    this.closes = new Past(period + 1);
    this.period = period;
  }

  public double add(double close) {
    closes.add(close);
    return (close / closes.get(period) - 1) * 100;
  }

  public void state(StateCopy copy) {
    closes.state(copy);
  }
}
