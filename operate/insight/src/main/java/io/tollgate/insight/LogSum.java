package io.tollgate.insight;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * What a tenant was charged for requests of a time.
 *
 * @param currency its code
 * @param quotaTokens tokens paid by quotas
 * @param cost smallest units of the currency, what is owed included
 */
public record LogSum(
    long tenant, String currency, long requests, long quotaTokens, BigDecimal cost) {
  public LogSum {
    requireNonNull(currency, "currency is null");
    requireNonNull(cost, "cost is null");
  }
}
