package io.tollgate.edge.admin;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.relay.rules.CacheRuleOrder;
import io.tollgate.relay.rules.CacheRuleRow;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a cache as it is listed.
 *
 * @param apiKeyId null: all keys of the tenant
 * @param ttlSeconds null: as the tenant's
 * @param hitShare null: the tenant's
 */
record CacheRuleColumns(
    long id,
    long tenantId,
    @Nullable Long apiKeyId,
    boolean enabled,
    @Nullable Integer ttlSeconds,
    @Nullable BigDecimal hitShare,
    Instant createdAt,
    Instant updatedAt) {
  static CacheRuleColumns of(CacheRuleRow row) {
    CacheRuleOrder set = row.set();
    return new CacheRuleColumns(
        row.id(),
        set.tenant().value(),
        set.key().map(ApiKeyId::value).orElse(null),
        set.enabled(),
        set.ttlSeconds().isPresent() ? (Integer) set.ttlSeconds().getAsInt() : null,
        set.hitShare().map(BigDecimal::stripTrailingZeros).orElse(null),
        row.createdAt(),
        row.updatedAt());
  }
}
