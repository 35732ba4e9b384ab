package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import java.time.Instant;
import java.util.Optional;

/**
 * A spend limit as it stands.
 *
 * @param user whose spending counts; of the scope KEY, whose key it is
 * @param remaining what may still be spent in the current window, with what gateways have leased;
 *     the amount where nobody has asked under it yet
 * @param windowEndsAt when the current window ends; empty: never
 */
public record SpendLimitStanding(
    long id,
    TenantId tenant,
    SpendLimit.Scope scope,
    Optional<UserId> user,
    Optional<ApiKeyId> key,
    SpendSpan span,
    Amount amount,
    Amount remaining,
    Optional<Instant> windowEndsAt,
    Instant createdAt,
    Instant updatedAt) {
  public SpendLimitStanding {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(user, "user is null");
    requireNonNull(key, "key is null");
    requireNonNull(span, "span is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(remaining, "remaining is null");
    requireNonNull(windowEndsAt, "windowEndsAt is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
