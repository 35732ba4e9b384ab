package io.tollgate.edge.admin;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.relay.rules.PromptRuleOrder;
import io.tollgate.relay.rules.PromptRuleRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule for what is kept, as it is listed.
 *
 * @param apiKeyId null: all keys of the tenant
 * @param ttlSeconds null: as the tenant's
 */
record PromptRuleColumns(
    long id,
    long tenantId,
    @Nullable Long apiKeyId,
    boolean enabled,
    @Nullable Integer ttlSeconds,
    Instant createdAt,
    Instant updatedAt) {
  static PromptRuleColumns of(PromptRuleRow row) {
    PromptRuleOrder set = row.set();
    return new PromptRuleColumns(
        row.id(),
        set.tenant().value(),
        set.key().map(ApiKeyId::value).orElse(null),
        set.enabled(),
        set.ttlSeconds().isPresent() ? (Integer) set.ttlSeconds().getAsInt() : null,
        row.createdAt(),
        row.updatedAt());
  }
}
