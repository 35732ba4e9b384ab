package io.tollgate.edge.admin;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is listed; amounts in whole units of the asset.
 *
 * @param floor what balance less held never goes below; null: no floor
 */
record AccountRow(
    long id,
    long tenantId,
    String owner,
    String kind,
    String asset,
    int scale,
    BigDecimal balance,
    BigDecimal held,
    BigDecimal available,
    @Nullable BigDecimal floor,
    long version,
    String period,
    @Nullable Instant expiresAt,
    int priority,
    Instant createdAt) {
  static AccountRow of(Account account) {
    Asset asset = account.key().asset();
    return new AccountRow(
        account.id().value(),
        account.key().tenant().value(),
        account.key().owner(),
        account.key().kind().code(),
        asset.code(),
        asset.scale(),
        decimal(asset, account.balance()),
        decimal(asset, account.held()),
        decimal(asset, account.available()),
        account.floor().isPresent() ? decimal(asset, account.floor().getAsLong()) : null,
        account.version(),
        account.key().period(),
        account.expiresAt().orElse(null),
        account.priority(),
        account.createdAt());
  }

  private static BigDecimal decimal(Asset asset, long units) {
    return new Amount(asset, units).toDecimal();
  }
}
