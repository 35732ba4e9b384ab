package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;

/**
 * What the strategy asked for and has not been filled.
 *
 * @param side that the position has or shall have
 * @param dueBar at whose open it is filled; from which on a limit order waits
 * @param lastBar after which a limit order is given up
 * @param limit NaN unless it waits for a price
 * @param fraction of the amount, or of the position to close
 */
record PendingEntry(
    SignalType type,
    SignalSide side,
    long dueBar,
    long lastBar,
    double limit,
    double stop,
    double target,
    double fraction) {
  boolean waitsForPrice() {
    return !Double.isNaN(limit);
  }
}
