package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.SignalSide;

/** Stops and targets so many percent away from the close. */
record PercentLevels(double stopPercent, double targetPercent) {
  double stop(SignalSide side, double close) {
    return close * (1 - side.sign() * (stopPercent / 100));
  }

  double target(SignalSide side, double close) {
    return close * (1 + side.sign() * (targetPercent / 100));
  }
}
