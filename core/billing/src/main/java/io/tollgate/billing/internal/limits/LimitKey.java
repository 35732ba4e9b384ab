package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendSpan;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import java.util.Optional;

/**
 * What makes a spend limit unique.
 *
 * @param user of the scopes KEY and USER
 * @param key of the scope KEY
 */
record LimitKey(
    TenantId tenant,
    SpendLimit.Scope scope,
    Optional<UserId> user,
    Optional<ApiKeyId> key,
    SpendSpan span,
    Asset currency) {
  LimitKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(user, "user is null");
    requireNonNull(key, "key is null");
    requireNonNull(span, "span is null");
    requireNonNull(currency, "currency is null");
  }
}
