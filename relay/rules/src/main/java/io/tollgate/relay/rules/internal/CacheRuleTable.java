package io.tollgate.relay.rules.internal;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.rules.CacheRuleOrder;
import io.tollgate.relay.rules.CacheRuleRow;
import io.tollgate.schema.relay.tables.records.CacheRuleRecord;
import java.util.Optional;
import java.util.OptionalInt;

/** A row of the table, read. */
final class CacheRuleTable {
  private CacheRuleTable() {}

  record Stored(CacheRuleRow row, long generation) {}

  static Stored read(CacheRuleRecord row) {
    return new Stored(row(row), row.getGeneration());
  }

  static CacheRuleRow row(CacheRuleRecord row) {
    return new CacheRuleRow(
        row.getId(),
        new CacheRuleOrder(
            new TenantId(row.getTenantId()),
            Optional.ofNullable(row.getApiKeyId()).map(ApiKeyId::new),
            row.getEnabled(),
            row.getTtlSeconds() == null ? OptionalInt.empty() : OptionalInt.of(row.getTtlSeconds()),
            Optional.ofNullable(row.getHitShare())),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
