package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.HUNDRED;
import static io.tollgate.trading.engine.analytics.Decimals.MATH;
import static io.tollgate.trading.engine.analytics.Decimals.figure;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What a course of equity brought, and at what risk. Percentages are in percent (1.5 is 1.5 %), the
 * year has 365 days, and money without risk earns nothing. Figures have four decimals, half even;
 * one that would be divided by 0 is 0, and one beyond 10¹² is 10¹².
 *
 * @param start date of the first point, at whose end the course begins
 * @param netValue what 1 has become
 * @param annualizedReturn what the same growth brings in a year; −100 when all was lost
 * @param dailyVolatility sample deviation of the daily returns
 * @param sharpeRatio annualised return over annualised volatility
 * @param sharpeDaily mean of the daily returns over their deviation, of a year
 * @param sortinoRatio annualised return over the annualised deviation of the days that lost; 0 of
 *     fewer than two such days
 * @param sortinoDaily mean over the root mean square of losses among all days, of a year
 * @param calmarRatio annualised return over the largest drawdown
 * @param maxDrawdownDays from its peak to its recovery or the end
 * @param tail empty of fewer than 10 daily returns
 */
public record RiskFigures(
    LocalDate start,
    LocalDate end,
    BigDecimal netValue,
    BigDecimal totalReturn,
    BigDecimal annualizedReturn,
    BigDecimal dailyVolatility,
    BigDecimal annualizedVolatility,
    BigDecimal sharpeRatio,
    BigDecimal sharpeDaily,
    BigDecimal sortinoRatio,
    BigDecimal sortinoDaily,
    BigDecimal calmarRatio,
    BigDecimal maxDrawdown,
    long maxDrawdownDays,
    BigDecimal currentDrawdown,
    Optional<TailFigures> tail) {
  private static final BigDecimal ALL_LOST = HUNDRED.negate();

  public RiskFigures {
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    requireNonNull(tail, "tail is null");
  }

  /**
   * Losses of bad days, in percent; below 0 where even those gained.
   *
   * @param var95 exceeded on one day of 20
   * @param var99 exceeded on one day of 100
   * @param cvar95 the mean of the days up to the one of 20
   */
  public record TailFigures(BigDecimal var95, BigDecimal var99, BigDecimal cvar95) {}

  /**
   * Those of a course.
   *
   * @param points dates ascending, none twice; the first is where it starts from, and its flow
   *     counts for nothing
   * @return empty without a point
   * @throws IllegalArgumentException when dates do not ascend
   */
  public static Optional<RiskFigures> of(List<EquityPoint> points) {
    for (int i = 1; i < points.size(); i++) {
      if (!points.get(i).date().isAfter(points.get(i - 1).date())) {
        throw new IllegalArgumentException(
            "date: "
                + points.get(i).date()
                + " (expected: after "
                + points.get(i - 1).date()
                + ")");
      }
    }
    return points.isEmpty() ? Optional.empty() : Optional.of(ofSome(points));
  }

  private static RiskFigures ofSome(List<EquityPoint> points) {
    List<LocalDate> dates = points.stream().map(EquityPoint::date).toList();
    Returns returns = Returns.of(points);
    List<BigDecimal> values = NetValues.of(points);
    BigDecimal netValue = values.getLast();
    BigDecimal annualized =
        annualized(
            netValue, Math.max(1, ChronoUnit.DAYS.between(dates.getFirst(), dates.getLast())));
    BigDecimal volatility = Returns.annual(returns.deviation());
    BigDecimal lossVolatility = Returns.annual(returns.lossDeviation());
    Drawdown drawdown = Drawdown.of(dates, values);
    return new RiskFigures(
        dates.getFirst(),
        dates.getLast(),
        figure(netValue),
        figure(percent(netValue)),
        figure(annualized),
        figure(returns.deviation()),
        figure(volatility),
        figure(Decimals.quotient(annualized, volatility)),
        figure(returns.sharpeDaily()),
        figure(Decimals.quotient(annualized, lossVolatility)),
        figure(returns.sortinoDaily()),
        figure(Decimals.quotient(annualized, drawdown.largest())),
        figure(drawdown.largest()),
        drawdown.days(),
        figure(drawdown.current()),
        tail(returns));
  }

  private static Optional<TailFigures> tail(Returns returns) {
    if (returns.count() < Tail.FEWEST_DAYS) {
      return Optional.empty();
    }
    Tail tail = new Tail(returns.daily());
    return Optional.of(
        new TailFigures(
            figure(tail.valueAtRisk(5)),
            figure(tail.valueAtRisk(1)),
            figure(tail.expectedLoss(5))));
  }

  /** {@code (netValue ^ (365 / days) − 1) × 100}. */
  private static BigDecimal annualized(BigDecimal netValue, long days) {
    if (netValue.signum() <= 0) {
      return ALL_LOST;
    }
    // days that divide the year: no root is drawn, and the power is exact
    if (Returns.YEAR_DAYS % days == 0) {
      return percent(netValue.pow((int) (Returns.YEAR_DAYS / days), MATH));
    }
    double grown = StrictMath.pow(netValue.doubleValue(), (double) Returns.YEAR_DAYS / days);
    return Double.isInfinite(grown) ? Decimals.LARGEST : percent(BigDecimal.valueOf(grown));
  }

  private static BigDecimal percent(BigDecimal netValue) {
    return netValue.subtract(BigDecimal.ONE, MATH).multiply(HUNDRED);
  }
}
