package io.tollgate.trading.engine.analytics;

import static io.tollgate.trading.engine.analytics.Decimals.HUNDRED;
import static io.tollgate.trading.engine.analytics.Decimals.MATH;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * How far a course was under its own peak.
 *
 * @param largest in percent of the peak; the first where several are as large
 * @param days from that peak to the day on which it was reached again, or to the end
 * @param current at the end, in percent of the peak
 */
record Drawdown(BigDecimal largest, long days, BigDecimal current) {
  /**
   * Of a course.
   *
   * @param dates of the values, ascending, at least one
   * @param values as many; the first is more than 0
   */
  static Drawdown of(List<LocalDate> dates, List<BigDecimal> values) {
    BigDecimal peak = values.getFirst();
    int peakAt = 0;
    BigDecimal largest = BigDecimal.ZERO;
    int fellFrom = 0;
    BigDecimal now = BigDecimal.ZERO;
    for (int i = 1; i < values.size(); i++) {
      BigDecimal value = values.get(i);
      if (value.compareTo(peak) >= 0) {
        peak = value;
        peakAt = i;
      }
      now = peak.subtract(value, MATH).multiply(HUNDRED).divide(peak, MATH);
      if (now.compareTo(largest) > 0) {
        largest = now;
        fellFrom = peakAt;
      }
    }
    long days =
        largest.signum() == 0
            ? 0
            : ChronoUnit.DAYS.between(dates.get(fellFrom), dates.get(recovered(values, fellFrom)));
    return new Drawdown(largest, days, now);
  }

  private static int recovered(List<BigDecimal> values, int peakAt) {
    for (int i = peakAt + 1; i < values.size(); i++) {
      if (values.get(i).compareTo(values.get(peakAt)) >= 0) {
        return i;
      }
    }
    return values.size() - 1;
  }
}
