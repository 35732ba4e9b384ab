package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * A change of what an account has at its exchange, as it is kept here.
 *
 * @param amount signed, in the currency
 */
public record LedgerLine(Kind kind, String currency, BigDecimal amount) {
  /** Why, as interfaces write it. */
  public enum Kind {
    /** Spot: what was paid. */
    TRADE_BUY,
    /** Spot: what was received. */
    TRADE_SELL,
    FEE,
    /** Contracts: what a reduction brought over its cost. */
    REALIZED_PNL,
    FUNDING_FEE
  }

  public LedgerLine {
    requireNonNull(kind, "kind is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(amount, "amount is null");
  }
}
