package io.tollgate.edge.admin;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.relay.rules.FilterRuleOrder;
import io.tollgate.relay.rules.FilterRuleRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule for a filter as it is listed.
 *
 * @param apiKeyId null: all keys of the tenant
 * @param url null: of a key, whose filter is its tenant's
 */
record FilterRuleColumns(
    long id,
    long tenantId,
    @Nullable Long apiKeyId,
    boolean enabled,
    @Nullable String url,
    boolean beforeRequest,
    boolean afterAnswer,
    boolean failOpen,
    int timeoutMs,
    boolean privateAddress,
    Instant createdAt,
    Instant updatedAt) {
  static FilterRuleColumns of(FilterRuleRow row) {
    FilterRuleOrder set = row.set();
    return new FilterRuleColumns(
        row.id(),
        set.tenant().value(),
        set.key().map(ApiKeyId::value).orElse(null),
        set.enabled(),
        set.url().orElse(null),
        set.beforeRequest(),
        set.afterAnswer(),
        set.failOpen(),
        set.timeoutMs(),
        set.privateAddress(),
        row.createdAt(),
        row.updatedAt());
  }
}
