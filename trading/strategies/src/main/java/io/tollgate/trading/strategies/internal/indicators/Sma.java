package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;
import java.math.BigDecimal;

/**
 * Mean of the last n numbers, first with the n-th.
 *
 * <p>The sum of the window is kept exactly, as a double and the rest that it leaves (Knuth's TwoSum
 * says what each addition has lost), so that nothing drifts in millions of bars, and the result is
 * bit for bit that of adding the window up anew. Two doubles hold the sum while prices within a
 * window differ by less than about 10^12; where one addition loses something all the same, the sum
 * is taken anew from the window in exact decimals.
 */
public final class Sma implements Average {
  private final double[] window;
  private int at;
  private int filled;
  private double sum;
  private double rest;
  private boolean exact = true;
  private double value = Double.NaN;

  public Sma(int period) {
    this.window = new double[period];
  }

  @Override
  public double add(double number) {
    double leaving = window[at];
    window[at] = number;
    at = at + 1 == window.length ? 0 : at + 1;
    // what comes less what goes, and what that has lost
    double change = number - leaving;
    double part = change - number;
    double changeLost = number - (change - part) - (leaving + part);
    // the sum and that
    double next = sum + change;
    part = next - sum;
    double nextLost = sum - (next - part) + (change - part);
    // what both have lost, and what is lost of it
    double once = rest + nextLost;
    part = once - rest;
    double onceLost = rest - (once - part) + (nextLost - part);
    double twice = once + changeLost;
    part = twice - once;
    double twiceLost = once - (twice - part) + (changeLost - part);
    // the sum is the nearest double again
    sum = next + twice;
    part = sum - next;
    rest = next - (sum - part) + (twice - part);
    if (onceLost != 0 || twiceLost != 0 || !exact) {
      addUp();
    }
    if (filled < window.length && ++filled < window.length) {
      return value;
    }
    value = ExactMean.of(sum, rest, window.length);
    return value;
  }

  private void addUp() {
    BigDecimal total = ExactMean.total(window);
    sum = total.doubleValue();
    BigDecimal left = total.subtract(new BigDecimal(sum));
    rest = left.doubleValue();
    exact = left.compareTo(new BigDecimal(rest)) == 0;
  }

  @Override
  public double value() {
    return value;
  }

  /** Sum of the squared distances of the window from its mean, from the oldest on. */
  public double squares() {
    double squares = 0;
    int oldest = filled < window.length ? 0 : at;
    for (int step = 0; step < filled; step++) {
      double distance = window[oldest] - value;
      squares += distance * distance;
      oldest = oldest + 1 == window.length ? 0 : oldest + 1;
    }
    return squares;
  }

  @Override
  public void state(StateCopy copy) {
    copy.numbers(window);
    at = copy.within(at, 0, window.length - 1);
    filled = copy.within(filled, 0, window.length);
    sum = copy.number(sum);
    rest = copy.number(rest);
    exact = copy.flag(exact);
    value = copy.number(value);
  }
}
