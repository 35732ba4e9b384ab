package io.tollgate.trading.engine.backtest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A position of the twin, in exact sums. */
final class NaiveHolding {
  long since;
  long bar;
  boolean within;
  BigDecimal quantity = BigDecimal.ZERO;
  BigDecimal cost = BigDecimal.ZERO;
  BigDecimal fees = BigDecimal.ZERO;
  BigDecimal funding = BigDecimal.ZERO;
  @Nullable BigDecimal stop;
  @Nullable BigDecimal target;
  @Nullable BigDecimal trailing;
  BigDecimal best = BigDecimal.ZERO;

  BigDecimal entry() {
    return cost.divide(quantity, 12, RoundingMode.HALF_EVEN);
  }

  /** The part of a sum that goes with a part of a quantity. */
  static BigDecimal share(BigDecimal sum, BigDecimal part, BigDecimal all) {
    return part.compareTo(all) == 0
        ? sum
        : sum.multiply(part).divide(all, 12, RoundingMode.HALF_EVEN);
  }
}
