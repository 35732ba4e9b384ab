package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.EquityMark;
import java.util.ArrayList;
import java.util.List;

/**
 * A course of unknown length in a bounded number of marks: every bar at first, and each time that
 * they are full every second one of them is left out, and so on at twice the distance.
 */
final class EquityCurve {
  private final int most;
  private List<EquityMark> marks = new ArrayList<>();
  private long stride = 1;
  private long untilNext = 1;
  private double peak;

  /**
   * @param most marks, 2 or more
   * @param initial equity before the first bar
   */
  EquityCurve(int most, double initial) {
    this.most = most;
    this.peak = initial;
  }

  void add(long time, double equity, double balance) {
    if (equity > peak) {
      peak = equity;
    }
    if (--untilNext > 0) {
      return;
    }
    untilNext = stride;
    marks.add(new EquityMark(time, equity, balance, peak));
    if (marks.size() == most) {
      thin();
    }
  }

  private void thin() {
    List<EquityMark> kept = new ArrayList<>(most);
    for (int i = 0; i < marks.size(); i += 2) {
      kept.add(marks.get(i));
    }
    boolean lastKept = marks.size() % 2 == 1;
    marks = kept;
    untilNext = lastKept ? 2 * stride : stride;
    stride *= 2;
  }

  /** The highest so far. */
  double peak() {
    return peak;
  }

  /** The marks so far, fewer than the most. */
  List<EquityMark> marks() {
    return List.copyOf(marks);
  }
}
