package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * What makes an account unique.
 *
 * @param tenant whose books it stands in
 * @param owner {@code user:<number>}, {@code tenant} or {@code world}
 * @param period label of a grant, e.g. {@code relay:2026-11} or {@code hand:<key>}; empty otherwise
 */
public record AccountKey(
    TenantId tenant, String owner, AccountKind kind, Asset asset, String period) {
  public AccountKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(asset, "asset is null");
    requireNonNull(period, "period is null");
    if ((kind == AccountKind.GRANT) == period.isEmpty()) {
      throw new IllegalArgumentException(
          "period: '" + period + "' of kind " + kind + " (expected: set for grants only)");
    }
  }

  public static AccountKey ofUser(TenantId tenant, UserId user, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, owner(user), kind, asset, "");
  }

  public static AccountKey grant(TenantId tenant, UserId user, Asset asset, String period) {
    return new AccountKey(tenant, owner(user), AccountKind.GRANT, asset, period);
  }

  public static AccountKey ofTenant(TenantId tenant, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, "tenant", kind, asset, "");
  }

  public static AccountKey world(TenantId tenant, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, "world", kind, asset, "");
  }

  /** How a user is written as an owner. */
  public static String owner(UserId user) {
    return "user:" + user;
  }
}
