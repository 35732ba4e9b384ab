package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.BacktestTerms;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How much an entry is for; exact, down to a step of quantity. */
final class EntrySize {
  private static final BigDecimal MOST_OF_BALANCE = new BigDecimal("3");
  private static final BigDecimal MOST_OF_INITIAL = new BigDecimal("1.5");
  private static final BigDecimal LEAST_DISTANCE = new BigDecimal("0.001");

  private final BacktestTerms terms;

  EntrySize(BacktestTerms terms) {
    this.terms = terms;
  }

  /** Whether a stop is needed to tell. */
  boolean byStop() {
    return terms.amount().signum() == 0 && terms.riskPerTrade().signum() > 0;
  }

  /**
   * The quantity, 0 when it is less than a step.
   *
   * @param stop NaN where there is none
   * @param fraction above 0 to 1
   */
  BigDecimal of(BigDecimal price, double stop, BigDecimal balance, double fraction) {
    BigDecimal share = BigDecimal.valueOf(fraction);
    if (balance.signum() <= 0) {
      return BigDecimal.ZERO;
    }
    if (terms.amount().signum() > 0) {
      BigDecimal amount = terms.amount().min(MOST_OF_BALANCE.multiply(balance));
      return steps(amount.multiply(share), price);
    }
    if (byStop()) {
      BigDecimal least = price.multiply(LEAST_DISTANCE);
      BigDecimal distance = price.subtract(BigDecimal.valueOf(stop)).abs().max(least);
      BigDecimal byRisk = steps(terms.riskPerTrade().multiply(share), distance);
      BigDecimal most =
          steps(MOST_OF_INITIAL.multiply(terms.initialBalance()).multiply(share), price);
      return byRisk.min(most);
    }
    return steps(share, BigDecimal.ONE);
  }

  /** A share of a quantity in whole steps; all of it where the share is all. */
  BigDecimal part(BigDecimal quantity, double fraction) {
    return fraction >= 1
        ? quantity
        : steps(quantity.multiply(BigDecimal.valueOf(fraction)), BigDecimal.ONE);
  }

  private BigDecimal steps(BigDecimal amount, BigDecimal price) {
    return amount
        .divide(price.multiply(terms.stepSize()), 0, RoundingMode.DOWN)
        .multiply(terms.stepSize());
  }
}
