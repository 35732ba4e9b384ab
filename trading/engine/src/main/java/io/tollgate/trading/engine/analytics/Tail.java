package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.MATH;

import java.math.BigDecimal;
import java.util.List;

/** The worst days of a course: value at risk, and what is lost on average beyond it. */
final class Tail {
  /** Of fewer days nothing is said. */
  static final int FEWEST_DAYS = 10;

  private final List<BigDecimal> worstFirst;

  /**
   * @param daily at least {@link #FEWEST_DAYS} returns in percent
   */
  Tail(List<BigDecimal> daily) {
    this.worstFirst = daily.stream().sorted().toList();
  }

  /**
   * The loss that a day exceeds in so many of a hundred: of the sorted returns the one at ⌊outside
   * × n / 100⌋, from 0.
   */
  BigDecimal valueAtRisk(int outsidePercent) {
    return worstFirst.get(last(outsidePercent)).negate();
  }

  /** Mean loss of the days up to that one, it included. */
  BigDecimal expectedLoss(int outsidePercent) {
    List<BigDecimal> tail = worstFirst.subList(0, last(outsidePercent) + 1);
    return Returns.sum(tail).divide(BigDecimal.valueOf(tail.size()), MATH).negate();
  }

  private int last(int outsidePercent) {
    return (int) ((long) worstFirst.size() * outsidePercent / 100);
  }
}
