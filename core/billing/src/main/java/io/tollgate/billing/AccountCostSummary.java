package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.AccountCost;
import java.math.BigDecimal;

/**
 * What a provider account has cost, as a list of accounts shows it.
 *
 * @param total of all time
 * @param today since midnight UTC
 * @param recentUsd USD of today and the 89 days before, rounded once from the exact sum
 * @param recentRequests requests of these days
 */
public record AccountCostSummary(
    AccountCost total, AccountCost today, BigDecimal recentUsd, long recentRequests) {
  public AccountCostSummary {
    requireNonNull(total, "total is null");
    requireNonNull(today, "today is null");
    requireNonNull(recentUsd, "recentUsd is null");
  }
}
