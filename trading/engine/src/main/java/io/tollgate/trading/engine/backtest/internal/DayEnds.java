package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.analytics.EquityPoint;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Equity at the last close of each day in UTC. A day without a bar has none. */
final class DayEnds {
  private static final long DAY_MS = 86_400_000L;

  private final List<EquityPoint> ended = new ArrayList<>();
  private long day;
  private long nextDay = Long.MIN_VALUE;
  private double equity;

  DayEnds(BigDecimal initial) {
    this.equity = initial.doubleValue();
  }

  /**
   * Takes the equity at the close of a bar, which belongs to the day in which the bar opened.
   *
   * @param openTime in milliseconds since 1970, ascending
   */
  void add(long openTime, double at) {
    if (openTime >= nextDay) {
      turn(openTime);
    }
    equity = at;
  }

  private void turn(long openTime) {
    long next = Math.floorDiv(openTime, DAY_MS);
    if (nextDay == Long.MIN_VALUE) {
      day = next - 1;
    }
    ended.add(point(BigDecimal.valueOf(equity)));
    day = next;
    nextDay = (next + 1) * DAY_MS;
  }

  /** All of them; the last day ends with what is left in the end. */
  List<EquityPoint> endingWith(BigDecimal last) {
    List<EquityPoint> all = new ArrayList<>(ended);
    all.add(point(last));
    return all;
  }

  private EquityPoint point(BigDecimal at) {
    return new EquityPoint(LocalDate.ofEpochDay(day), at, BigDecimal.ZERO);
  }
}
