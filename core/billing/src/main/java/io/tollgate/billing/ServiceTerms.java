package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import java.time.Instant;
import java.util.Optional;

/**
 * What a service costs a tenant's users, and what of it is free.
 *
 * @param name as callers name it, e.g. {@code passport}
 * @param quota what free quotas of it are counted in: {@code CALL:<name>}, or tokens
 * @param price of one call, in the tenant's currency; empty: the caller says what each deduct costs
 * @param monthlyFree how much every user has free in a calendar month
 * @param since from when on; empty: what the configuration says
 */
public record ServiceTerms(
    String name, Asset quota, Optional<Amount> price, long monthlyFree, Optional<Instant> since) {
  public ServiceTerms {
    requireNonNull(name, "name is null");
    requireNonNull(quota, "quota is null");
    requireNonNull(price, "price is null");
    requireNonNull(since, "since is null");
    if (monthlyFree < 0) {
      throw new IllegalArgumentException("monthly free: " + monthlyFree + " (expected: >= 0)");
    }
  }

  /** Whether it is the relay, whose free quota is tokens and whose prices are a table. */
  public boolean isRelay() {
    return quota.equals(Asset.TOKEN);
  }
}
