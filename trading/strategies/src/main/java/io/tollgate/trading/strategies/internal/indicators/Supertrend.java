package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * A line below rising and above falling prices: the middle of the bar ± m·ATR(n), which moves only
 * towards the price while that stays on its side. First with bar n+1.
 */
public final class Supertrend {
  private final Atr atr;
  private final double multiple;
  private double upper = Double.NaN;
  private double lower = Double.NaN;
  private double closeBefore;
  private boolean up;

  public Supertrend(int period, double multiple) {
    this.atr = new Atr(period);
    this.multiple = multiple;
  }

  /**
   * Takes a bar.
   *
   * @return 1 when the trend has turned up with it, −1 when down, else 0
   */
  public int add(double high, double low, double close) {
    double range = atr.add(high, low, close);
    int turn = 0;
    if (!Double.isNaN(range)) {
      double middle = (high + low) / 2;
      double above = middle + multiple * range;
      double below = middle - multiple * range;
      if (Double.isNaN(upper)) {
        upper = above;
        lower = below;
        up = close >= middle;
      } else {
        turn = follow(above, below, close);
      }
    }
    closeBefore = close;
    return turn;
  }

  private int follow(double above, double below, double close) {
    if (above < upper || closeBefore > upper) {
      upper = above;
    }
    if (below > lower || closeBefore < lower) {
      lower = below;
    }
    if (!up && close > upper) {
      up = true;
      return 1;
    }
    if (up && close < lower) {
      up = false;
      return -1;
    }
    return 0;
  }

  /** Whether the trend is up; of no meaning before the first line. */
  public boolean up() {
    return up;
  }

  public double line() {
    return up ? lower : upper;
  }

  public double atr() {
    return atr.value();
  }

  public void state(StateCopy copy) {
    atr.state(copy);
    upper = copy.number(upper);
    lower = copy.number(lower);
    closeBefore = copy.number(closeBefore);
    up = copy.flag(up);
  }
}
