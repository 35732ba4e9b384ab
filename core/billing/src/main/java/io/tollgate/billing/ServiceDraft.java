package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A version of a service that is to be set.
 *
 * @param price of one call, in the tenant's currency
 * @param monthlyFree free calls of every user in a calendar month
 * @param effectiveFrom from when on, not before now; empty: now
 */
public record ServiceDraft(
    String service, BigDecimal price, long monthlyFree, Optional<Instant> effectiveFrom) {
  public ServiceDraft {
    requireNonNull(service, "service is null");
    requireNonNull(price, "price is null");
    requireNonNull(effectiveFrom, "effectiveFrom is null");
  }
}
