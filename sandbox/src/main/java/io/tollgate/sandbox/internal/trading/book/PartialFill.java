package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * That an order is filled in part only, whatever the market has.
 *
 * @param fraction of the quantity, 0..1; rounded down to the step
 * @param then what becomes of the rest
 */
public record PartialFill(BigDecimal fraction, Then then) {
  /** An order as the market fills it. */
  public static final PartialFill NONE = new PartialFill(BigDecimal.ONE, Then.NATURAL);

  /** What becomes of the rest. */
  public enum Then {
    NATURAL,
    /** Stays open, and the market does not fill it. */
    REST,
    CANCEL
  }

  boolean natural() {
    return then == Then.NATURAL;
  }

  BigDecimal of(BigDecimal quantity, BigDecimal step) {
    return quantity.multiply(fraction).divide(step, 0, RoundingMode.DOWN).multiply(step);
  }
}
