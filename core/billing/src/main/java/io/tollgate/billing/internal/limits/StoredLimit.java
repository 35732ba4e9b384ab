package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendSpan;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import io.tollgate.schema.billing.tables.records.SpendLimitRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A row of the table of spend limits.
 *
 * @param owner whose spending counts, as the ledger writes it
 */
record StoredLimit(
    long id, LimitKey key, Amount amount, String owner, Instant createdAt, Instant updatedAt) {
  StoredLimit {
    requireNonNull(key, "key is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  static StoredLimit read(SpendLimitRecord row) {
    Asset currency = Asset.money(row.getCurrency());
    return new StoredLimit(
        row.getId(),
        new LimitKey(
            new TenantId(row.getTenantId()),
            scope(row.getScope()),
            Optional.ofNullable(row.getUserId()).map(UserId::new),
            Optional.ofNullable(row.getApiKeyId()).map(ApiKeyId::new),
            span(row.getSpan()),
            currency),
        new Amount(currency, row.getAmount()),
        row.getOwner(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  static SpendLimit.Scope scope(String code) {
    return SpendLimit.Scope.valueOf(code.toUpperCase(Locale.ROOT));
  }

  static SpendSpan span(String code) {
    return SpendSpan.valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** The key of a window of it. */
  WindowKey in(SpendWindow window) {
    return new WindowKey(key.tenant(), owner, key.currency(), window.label());
  }
}
