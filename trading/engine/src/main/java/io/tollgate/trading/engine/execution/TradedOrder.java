package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** An order in the books: what was wanted, and how it stands. */
public record TradedOrder(OrderTerms terms, OrderLife life, Instant createdAt) {
  public TradedOrder {
    requireNonNull(terms, "terms is null");
    requireNonNull(life, "life is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  TradedOrder with(OrderLife next) {
    return new TradedOrder(terms, next, createdAt);
  }
}
