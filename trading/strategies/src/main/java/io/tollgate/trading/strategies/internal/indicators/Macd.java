package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * The distance of two exponential means, its own exponential mean (the signal), and how far it is
 * above that (the histogram). The line is first with bar {@code slow}, signal and histogram with
 * bar {@code slow + signal − 1}.
 */
public final class Macd {
  private final Ema fast;
  private final Ema slow;
  private final Ema signal;
  private double line = Double.NaN;

  /** {@code fast} is less than {@code slow}. */
  public Macd(int fast, int slow, int signal) {
    this.fast = new Ema(fast);
    this.slow = new Ema(slow);
    this.signal = new Ema(signal);
  }

  /**
   * Takes a close.
   *
   * @return the histogram
   */
  public double add(double close) {
    line = fast.add(close) - slow.add(close);
    if (!Double.isNaN(line)) {
      signal.add(line);
    }
    return histogram();
  }

  public double line() {
    return line;
  }

  public double signal() {
    return signal.value();
  }

  public double histogram() {
    return line - signal.value();
  }

  public void state(StateCopy copy) {
    fast.state(copy);
    slow.state(copy);
    signal.state(copy);
    line = copy.number(line);
  }
}
