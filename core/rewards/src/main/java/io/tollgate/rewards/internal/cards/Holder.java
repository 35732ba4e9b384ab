package io.tollgate.rewards.internal.cards;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.rewards.Points;
import java.util.Optional;

/**
 * Whose card it is.
 *
 * @param user empty: the tenant's own
 */
public record Holder(TenantId tenant, Optional<UserId> user) {
  public Holder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
  }

  static Holder of(TenantId tenant) {
    return new Holder(tenant, Optional.empty());
  }

  /** A user of a tenant. */
  public static Holder of(TenantId tenant, UserId user) {
    return new Holder(tenant, Optional.of(user));
  }

  AccountKey key(AccountKind kind) {
    return user.map(one -> AccountKey.ofUser(tenant, one, kind, Points.ASSET))
        .orElseGet(() -> AccountKey.ofTenant(tenant, kind, Points.ASSET));
  }
}
