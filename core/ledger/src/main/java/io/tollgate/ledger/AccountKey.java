package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * What makes an account unique.
 *
 * @param tenant whose books it stands in
 * @param owner {@code user:<number>}, {@code key:<number>} (limits only), {@code tenant} or {@code
 *     world}
 * @param period label of a grant or limit, e.g. {@code relay:2026-11}, {@code hand:<key>} or {@code
 *     month:2026-11}; empty otherwise
 */
public record AccountKey(
    TenantId tenant, String owner, AccountKind kind, Asset asset, String period) {
  /** Owner of what is the tenant's own. */
  public static final String TENANT = "tenant";

  public AccountKey {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(owner, "owner is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(asset, "asset is null");
    requireNonNull(period, "period is null");
    boolean periodic = kind == AccountKind.GRANT || kind == AccountKind.LIMIT;
    if (periodic == period.isEmpty()) {
      throw new IllegalArgumentException(
          "period: '" + period + "' of kind " + kind + " (expected: set for grants and limits)");
    }
  }

  public static AccountKey ofUser(TenantId tenant, UserId user, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, owner(user), kind, asset, "");
  }

  public static AccountKey grant(TenantId tenant, UserId user, Asset asset, String period) {
    return new AccountKey(tenant, owner(user), AccountKind.GRANT, asset, period);
  }

  /** The allowance of a spend limit in one window; in {@link Asset#allowance}. */
  public static AccountKey limit(TenantId tenant, String owner, Asset asset, String window) {
    return new AccountKey(tenant, owner, AccountKind.LIMIT, asset, window);
  }

  public static AccountKey ofTenant(TenantId tenant, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, TENANT, kind, asset, "");
  }

  public static AccountKey world(TenantId tenant, AccountKind kind, Asset asset) {
    return new AccountKey(tenant, "world", kind, asset, "");
  }

  /** How an API key is written as an owner, of the limit of what it may spend. */
  public static String owner(ApiKeyId key) {
    return "key:" + key;
  }

  /** How a user is written as an owner. */
  public static String owner(UserId user) {
    return "user:" + user;
  }
}
