package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Past;

/**
 * Swing highs and lows: a bar whose high is above those of so many bars on its left and right, or
 * whose low is below them. Known when the last bar on its right has closed. An impulse is a swing
 * high above the swing high before it, from the last swing low; or mirrored.
 */
final class Swings {
  static final WholeParameter LEFT =
      new WholeParameter("swing_left", 5, 1, 200, "bars before a swing that are within it");
  static final WholeParameter RIGHT =
      new WholeParameter("swing_right", 3, 1, 200, "bars after a swing that are within it");

  private final int right;
  private final int length;
  private final Past highs;
  private final Past lows;
  private double lastHigh = Double.NaN;
  private double lastLow = Double.NaN;
  private double from = Double.NaN;
  private double to = Double.NaN;

  Swings(StrategySettings settings) {
    this.right = settings.get(RIGHT);
    this.length = settings.get(LEFT) + right + 1;
    this.highs = new Past(length);
    this.lows = new Past(length);
  }

  static int bars(StrategySettings settings) {
    return settings.get(LEFT) + settings.get(RIGHT) + 2;
  }

  /**
   * Takes a bar.
   *
   * @return 1 when an impulse upwards is known with it, −1 downwards, else 0
   */
  int add(double high, double low) {
    highs.add(high);
    lows.add(low);
    boolean top = stands(highs, 1);
    boolean bottom = stands(lows, -1);
    double swingHigh = highs.get(right);
    double swingLow = lows.get(right);
    int impulse = 0;
    if (top && !bottom && swingHigh > lastHigh && swingHigh > lastLow) {
      impulse = 1;
      from = lastLow;
      to = swingHigh;
    } else if (bottom && !top && swingLow < lastLow && swingLow < lastHigh) {
      impulse = -1;
      from = lastHigh;
      to = swingLow;
    }
    lastHigh = top ? swingHigh : lastHigh;
    lastLow = bottom ? swingLow : lastLow;
    return impulse;
  }

  /** Whether the bar in the middle is beyond all others; false while there are too few. */
  private boolean stands(Past extremes, int sign) {
    double middle = sign * extremes.get(right);
    for (int ago = 0; ago < length; ago++) {
      if (ago != right && !(middle > sign * extremes.get(ago))) {
        return false;
      }
    }
    return true;
  }

  /** Where the last impulse began. */
  double from() {
    return from;
  }

  /** Where the last impulse ended. */
  double to() {
    return to;
  }

  void state(StateCopy copy) {
    highs.state(copy);
    lows.state(copy);
    lastHigh = copy.number(lastHigh);
    lastLow = copy.number(lastLow);
    from = copy.number(from);
    to = copy.number(to);
  }
}
