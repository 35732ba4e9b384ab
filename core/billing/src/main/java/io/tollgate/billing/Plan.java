package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AccessTerms;
import java.time.Instant;

/**
 * What users of a tenant can subscribe to.
 *
 * @param code unique in the tenant
 * @param price of a period, in the tenant's currency
 * @param tokens quota of each window
 * @param windowDays days of a window; 0: the period is one
 * @param access what its subscribers may ask for
 * @param selling whether it can be subscribed to; who has it keeps it
 * @param subscribers how many have it now
 */
public record Plan(
    long id,
    TenantId tenant,
    String code,
    String name,
    Amount price,
    PlanPeriod period,
    long tokens,
    int windowDays,
    AccessTerms access,
    boolean selling,
    long subscribers,
    Instant createdAt,
    Instant updatedAt) {
  public Plan {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(code, "code is null");
    requireNonNull(name, "name is null");
    requireNonNull(price, "price is null");
    requireNonNull(access, "access is null");
    requireNonNull(period, "period is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** Whether a subscription can go over to the other within a period. */
  public boolean turnsInto(Plan other) {
    return period.equals(other.period)
        && windowDays == other.windowDays
        && other.tokens >= tokens
        && price.asset().equals(other.price.asset());
  }
}
