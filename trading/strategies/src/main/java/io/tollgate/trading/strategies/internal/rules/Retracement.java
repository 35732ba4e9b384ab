package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.WholeParameter;

/**
 * Prices that an impulse gives: levels on the way back through it, a stop behind its beginning, a
 * target beyond its end.
 */
record Retracement(double from, double to) {
  static final NumberParameter LEAST_REWARD =
      new NumberParameter(
          "min_rr", 2, 0, 100, "least distance of the target over that of the stop");
  static final WholeParameter RETEST =
      new WholeParameter("retest_bars", 20, 1, 500, "bars for which the way back is waited for");

  private static final double BEHIND = 0.1;
  private static final double BEYOND = 1.618;

  double level(double share) {
    return to - share * (to - from);
  }

  double stop() {
    return from - BEHIND * (to - from);
  }

  double target() {
    return from + BEYOND * (to - from);
  }

  /** How far the target is over how far the stop is, from an entry between them. */
  double reward(double entry) {
    return (target() - entry) / (entry - stop());
  }
}
