package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants.NewTenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** Tenants as administrators see and change them. Runs in the caller's transaction. */
public interface TenantRegister {
  /** Tenants by id, the oldest first. */
  ListPage<TenantProfile> list(Transaction transaction, TenantFilter filter, ListRequest page);

  Optional<TenantProfile> find(Transaction transaction, TenantId tenant);

  /**
   * Changes what is set of a tenant; its currency stays, as its books are in it.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when the name is taken;
   *     {@code INVALID_REQUEST} when a part of it is not valid
   */
  TenantProfile change(Transaction transaction, TenantId tenant, TenantChange change);

  /**
   * Lets a tenant's users and backends in again, or no more.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  TenantProfile setActive(Transaction transaction, TenantId tenant, boolean active);

  /**
   * Gives a tenant other keys for its merchant system; the old ones are refused at once. The secret
   * is shown this once.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  NewTenant rotateKeys(Transaction transaction, TenantId tenant);

  /** Which are listed; what is empty does not filter. */
  record TenantFilter(Optional<String> name, Optional<Boolean> active) {
    public TenantFilter {
      requireNonNull(name, "name is null");
      requireNonNull(active, "active is null");
    }
  }

  /** What is changed; what is empty stays. */
  record TenantChange(
      Optional<String> name,
      Optional<ZoneId> zone,
      OptionalLong monthlyFreeTokens,
      Optional<Tenant.InDoubtRule> inDoubtRule) {
    public TenantChange {
      requireNonNull(name, "name is null");
      requireNonNull(zone, "zone is null");
      requireNonNull(monthlyFreeTokens, "monthlyFreeTokens is null");
      requireNonNull(inDoubtRule, "inDoubtRule is null");
    }
  }

  /**
   * A tenant with what only administrators see.
   *
   * @param appKey by which its merchant system names itself
   * @param users how many it has
   */
  record TenantProfile(
      Tenant tenant, boolean active, String appKey, long users, Instant createdAt) {
    public TenantProfile {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(appKey, "appKey is null");
      requireNonNull(createdAt, "createdAt is null");
    }
  }
}
