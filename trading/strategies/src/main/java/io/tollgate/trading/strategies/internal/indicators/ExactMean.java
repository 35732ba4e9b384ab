package io.tollgate.trading.strategies.internal.indicators;

import java.math.BigDecimal;

/**
 * The mean of numbers as it is defined: exact, and rounded to the nearest double once. It depends
 * on the numbers alone, and not on the order or the way in which they were added up.
 */
final class ExactMean {
  private ExactMean() {}

  static double of(double[] numbers) {
    BigDecimal total = total(numbers);
    double sum = total.doubleValue();
    return of(sum, total.subtract(new BigDecimal(sum)).doubleValue(), numbers.length);
  }

  /**
   * The mean of {@code count} numbers whose sum is {@code sum + rest}, {@code sum} being that
   * rounded. The quotient is corrected by its own remainder, which a fused multiplication gives
   * exactly; the mean of equal numbers is that number.
   */
  static double of(double sum, double rest, int count) {
    double quotient = sum / count;
    return quotient + (Math.fma(-quotient, count, sum) + rest) / count;
  }

  static BigDecimal total(double[] numbers) {
    BigDecimal total = BigDecimal.ZERO;
    for (double number : numbers) {
      total = total.add(new BigDecimal(number));
    }
    return total;
  }
}
