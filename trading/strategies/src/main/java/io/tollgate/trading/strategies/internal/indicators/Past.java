package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;
import java.util.Arrays;

/** The last n numbers, the newest first. */
public final class Past {
  private final double[] ring;
  private int newest;

  public Past(int length) {
    this.ring = new double[length];
    Arrays.fill(ring, Double.NaN);
  }

  public void add(double number) {
    newest = newest + 1 == ring.length ? 0 : newest + 1;
    ring[newest] = number;
  }

  /**
   * The number of so many bars ago, NaN where there was none.
   *
   * @param ago 0 for the newest, less than the length
   */
  public double get(int ago) {
    int at = newest - ago;
    return ring[at < 0 ? at + ring.length : at];
  }

  public void state(StateCopy copy) {
    copy.numbers(ring);
    newest = copy.within(newest, 0, ring.length - 1);
  }
}
