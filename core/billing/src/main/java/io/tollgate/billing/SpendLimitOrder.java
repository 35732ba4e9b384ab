package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A spend limit to be set.
 *
 * @param user of the scope USER; of the scope KEY it may be left out, and is the key's user if not
 * @param key of the scope KEY
 * @param currency code of the tenant's currency; empty: that
 * @param amount what may be spent in a span, in whole units; 0: nothing
 */
public record SpendLimitOrder(
    TenantId tenant,
    SpendLimit.Scope scope,
    Optional<UserId> user,
    Optional<ApiKeyId> key,
    SpendSpan span,
    Optional<String> currency,
    BigDecimal amount) {
  public SpendLimitOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(user, "user is null");
    requireNonNull(key, "key is null");
    requireNonNull(span, "span is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(amount, "amount is null");
    if (key.isPresent() != (scope == SpendLimit.Scope.KEY)) {
      throw new IllegalArgumentException(
          "key: " + key + " of scope " + scope + " (expected: set for the scope KEY only)");
    }
    boolean fits =
        switch (scope) {
          case KEY -> true;
          case USER -> user.isPresent();
          case TENANT -> user.isEmpty();
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "user: " + user + " of scope " + scope + " (expected: set for USER, not for TENANT)");
    }
  }
}
