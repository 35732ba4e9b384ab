package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.HUNDRED;
import static io.tollgate.trading.engine.analytics.Decimals.MATH;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What each day of a course brought, in percent: {@code ((equity − flow) / equity before − 1) ×
 * 100}. What was deposited or withdrawn brought nothing. After a day that ended with nothing, or
 * less, there is no such share, and the day counts as 0.
 *
 * @param daily one for each point but the first
 */
record Returns(List<BigDecimal> daily) {
  /** Days in a year, in which markets of coins never close. */
  static final int YEAR_DAYS = 365;

  Returns {
    daily = List.copyOf(daily);
  }

  static Returns of(List<EquityPoint> points) {
    List<BigDecimal> daily = new ArrayList<>();
    for (int i = 1; i < points.size(); i++) {
      EquityPoint today = points.get(i);
      BigDecimal before = points.get(i - 1).equity();
      BigDecimal own = today.equity().subtract(today.flow());
      daily.add(
          before.signum() <= 0
              ? BigDecimal.ZERO
              : own.subtract(before).multiply(HUNDRED).divide(before, MATH));
    }
    return new Returns(daily);
  }

  int count() {
    return daily.size();
  }

  private BigDecimal mean() {
    return Decimals.quotient(sum(daily), BigDecimal.valueOf(count()));
  }

  /** Deviation of a sample (n − 1), of one day; 0 of fewer than two. */
  BigDecimal deviation() {
    if (count() < 2) {
      return BigDecimal.ZERO;
    }
    BigDecimal mean = mean();
    return rootMean(daily.stream().map(each -> each.subtract(mean, MATH)).toList(), count() - 1);
  }

  /** Mean over deviation, of a year. */
  BigDecimal sharpeDaily() {
    return annual(Decimals.quotient(mean(), deviation()));
  }

  /** Root of the mean square (n − 1) of the days that lost; 0 of fewer than two such. */
  BigDecimal lossDeviation() {
    List<BigDecimal> losses = losses();
    return losses.size() < 2 ? BigDecimal.ZERO : rootMean(losses, losses.size() - 1);
  }

  /** Mean over the root of the mean square of losses among all days, of a year. */
  BigDecimal sortinoDaily() {
    return count() == 0
        ? BigDecimal.ZERO
        : annual(Decimals.quotient(mean(), rootMean(losses(), count())));
  }

  private List<BigDecimal> losses() {
    return daily.stream().filter(each -> each.signum() < 0).toList();
  }

  /** What holds of a day, of a year: times the root of its days. */
  static BigDecimal annual(BigDecimal ofDay) {
    return ofDay.multiply(BigDecimal.valueOf(YEAR_DAYS).sqrt(MATH), MATH);
  }

  private static BigDecimal rootMean(List<BigDecimal> values, int divisor) {
    BigDecimal squares = sum(values.stream().map(each -> each.multiply(each, MATH)).toList());
    return squares.divide(BigDecimal.valueOf(divisor), MATH).sqrt(MATH);
  }

  static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, (one, other) -> one.add(other, MATH));
  }
}
