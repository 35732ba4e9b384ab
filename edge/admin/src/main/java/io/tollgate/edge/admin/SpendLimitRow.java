package io.tollgate.edge.admin;

import io.tollgate.billing.SpendLimitStanding;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A spend limit as it is listed; amounts in whole units of the currency.
 *
 * @param userId of the scope key, whose key it is; null for a tenant's
 * @param apiKeyId null for a user's and a tenant's
 * @param remaining what may still be spent in the current window
 * @param windowEndsAt null: never
 */
record SpendLimitRow(
    long id,
    long tenantId,
    String scope,
    @Nullable Long userId,
    @Nullable Long apiKeyId,
    String span,
    String currency,
    BigDecimal amount,
    BigDecimal remaining,
    @Nullable Instant windowEndsAt,
    Instant createdAt,
    Instant updatedAt) {
  static SpendLimitRow of(SpendLimitStanding limit) {
    return new SpendLimitRow(
        limit.id(),
        limit.tenant().value(),
        limit.scope().code(),
        limit.user().map(UserId::value).orElse(null),
        limit.key().map(ApiKeyId::value).orElse(null),
        limit.span().code(),
        limit.amount().asset().code(),
        limit.amount().toDecimal(),
        limit.remaining().toDecimal(),
        limit.windowEndsAt().orElse(null),
        limit.createdAt(),
        limit.updatedAt());
  }
}
