package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * What a strategy supposes to stand of the positions on one side that it has opened: there from its
 * OPEN until its CLOSE, or until a later bar reaches the stop or target.
 */
final class Standing {
  private final SignalSide side;
  private boolean open;
  private double stop = Double.NaN;
  private double target = Double.NaN;

  Standing(SignalSide side) {
    this.side = side;
  }

  /** A bar has passed. */
  void pass(double high, double low) {
    if (open) {
      boolean stopped = side == SignalSide.BUY ? low <= stop : high >= stop;
      boolean reached = side == SignalSide.BUY ? high >= target : low <= target;
      open = !stopped && !reached;
    }
  }

  boolean open() {
    return open;
  }

  /** Its first levels stay while it stands. */
  void opened(double withStop, double withTarget) {
    if (!open) {
      open = true;
      stop = withStop;
      target = withTarget;
    }
  }

  void closed() {
    open = false;
  }

  void state(StateCopy copy) {
    open = copy.flag(open);
    stop = copy.number(stop);
    target = copy.number(target);
  }
}
