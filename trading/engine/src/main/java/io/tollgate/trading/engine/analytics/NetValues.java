package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.MATH;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What 1 becomes with a course: the product of its daily growth. While nothing flows in or out it
 * is computed from where it last did, in one division, so that the same equity is the same value to
 * the last digit and a peak that is reached again is seen to be.
 */
final class NetValues {
  private BigDecimal value = BigDecimal.ONE;

  /** What the value was when the equity was this. */
  private BigDecimal anchorValue = BigDecimal.ONE;

  private BigDecimal anchorEquity;

  private NetValues(EquityPoint first) {
    this.anchorEquity = first.equity();
  }

  /**
   * One at each point; 1 at the first.
   *
   * @param points at least one
   */
  static List<BigDecimal> of(List<EquityPoint> points) {
    NetValues course = new NetValues(points.getFirst());
    List<BigDecimal> values = new ArrayList<>();
    values.add(course.value);
    for (int i = 1; i < points.size(); i++) {
      course.follow(points.get(i - 1), points.get(i));
      values.add(course.value);
    }
    return values;
  }

  private void follow(EquityPoint before, EquityPoint now) {
    boolean grows = before.equity().signum() > 0;
    if (grows) {
      BigDecimal own = now.equity().subtract(now.flow());
      value = anchorValue.multiply(own).divide(anchorEquity, MATH);
    }
    if (!grows || now.flow().signum() != 0) {
      anchorValue = value;
      anchorEquity = now.equity();
    }
  }
}
