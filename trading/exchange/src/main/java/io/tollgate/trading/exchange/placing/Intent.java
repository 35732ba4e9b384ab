package io.tollgate.trading.exchange.placing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.OrderRequest;
import java.time.Instant;

/**
 * That an order is about to be sent: to be on disk before it is, so that a process that dies knows
 * what to ask for.
 *
 * @param firstSentAt by the exchange's clock, not after the first sending
 * @param voidAfter by the exchange's clock: nothing that was sent is taken later than that
 */
public record Intent(OrderRequest order, Instant firstSentAt, Instant voidAfter) {
  public Intent {
    requireNonNull(order, "order is null");
    requireNonNull(firstSentAt, "firstSentAt is null");
    requireNonNull(voidAfter, "voidAfter is null");
  }
}
