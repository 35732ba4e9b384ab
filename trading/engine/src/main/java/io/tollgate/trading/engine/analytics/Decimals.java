package io.tollgate.trading.engine.analytics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How figures are computed, and how they are given: no figure is NaN, endless or longer than told.
 */
final class Decimals {
  /** 34 digits: what is rounded on the way is never seen. */
  static final MathContext MATH = MathContext.DECIMAL128;

  static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** Figures beyond this, either way, are given as this. */
  static final BigDecimal LARGEST = new BigDecimal("1000000000000");

  private static final int FIGURE_DECIMALS = 4;
  private static final int MONEY_DECIMALS = 8;

  /** Below it a number is 0 in whatever form it is given. */
  private static final int TINY = -40;

  private Decimals() {}

  /** One by the other; by 0 it is 0. */
  static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
    return divisor.signum() == 0 ? BigDecimal.ZERO : dividend.divide(divisor, MATH);
  }

  /** A ratio or a percentage as it is given: four decimals, half even. */
  static BigDecimal figure(BigDecimal value) {
    return given(value.min(LARGEST).max(LARGEST.negate()), FIGURE_DECIMALS);
  }

  /** A share of all in percent: two decimals, half even. */
  static BigDecimal share(long part, long all) {
    return given(quotient(HUNDRED.multiply(BigDecimal.valueOf(part)), BigDecimal.valueOf(all)), 2);
  }

  /** A mean of amounts: eight decimals, half even. */
  static BigDecimal mean(BigDecimal sum, long count) {
    return count == 0
        ? BigDecimal.ZERO
        : sum.divide(BigDecimal.valueOf(count), MONEY_DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal given(BigDecimal value, int decimals) {
    boolean tiny = value.precision() - (long) value.scale() < TINY;
    BigDecimal rounded = tiny ? BigDecimal.ZERO : value.setScale(decimals, RoundingMode.HALF_EVEN);
    BigDecimal plain = rounded.stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }
}
