package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Fill;
import java.math.BigDecimal;

/**
 * A fill as the exchange tells it, with what is needed to book it.
 *
 * @param feeInQuote the fee, turned into the quote coin at the fill's time
 * @param step of the pair's quantities: of a spot position what is less is left out of it
 */
public record PricedFill(Fill fill, BigDecimal feeInQuote, BigDecimal step) {
  public PricedFill {
    requireNonNull(fill, "fill is null");
    requireNonNull(feeInQuote, "feeInQuote is null");
    requireNonNull(step, "step is null");
  }

  /** The fee of one that is paid in the quote or the base coin: no other price is needed. */
  public static PricedFill of(Fill fill, BigDecimal step) {
    boolean base = fill.feeCurrency().equals(fill.symbol().base());
    return new PricedFill(fill, base ? fill.fee().multiply(fill.price()) : fill.fee(), step);
  }

  /** Whether that is so. */
  public static boolean needsNoPrice(Fill fill) {
    return fill.fee().signum() == 0
        || fill.feeCurrency().equals(fill.symbol().base())
        || fill.feeCurrency().equals(fill.symbol().quote());
  }
}
