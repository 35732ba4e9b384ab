package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.Tenants.NewTenant;
import java.time.Duration;
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
   * Gives a tenant other keys for its merchant system. The secret is shown this once.
   *
   * @param old what becomes of those that are replaced; those that were replaced before are refused
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}
   */
  NewTenant rotateKeys(Transaction transaction, TenantId tenant, OldKeys old);

  /** What becomes of keys that are replaced. */
  enum OldKeys {
    /** They go on for {@link #OVERLAP}. */
    GO_ON,
    /** They are refused at once, as somebody else may have them. */
    END
  }

  /** How long keys that were replaced go on. */
  Duration OVERLAP = Duration.ofHours(24);

  /** Which are listed; what is empty does not filter. */
  record TenantFilter(Optional<String> name, Optional<Boolean> active) {
    public TenantFilter {
      requireNonNull(name, "name is null");
      requireNonNull(active, "active is null");
    }
  }

  /**
   * What is changed; what is empty stays.
   *
   * @param md5Signing whether its backend may sign by MD5, which covers neither body nor path
   */
  record TenantChange(
      Optional<String> name,
      Optional<ZoneId> zone,
      OptionalLong monthlyFreeTokens,
      Optional<Tenant.InDoubtRule> inDoubtRule,
      Optional<Boolean> md5Signing) {
    public TenantChange {
      requireNonNull(name, "name is null");
      requireNonNull(zone, "zone is null");
      requireNonNull(monthlyFreeTokens, "monthlyFreeTokens is null");
      requireNonNull(inDoubtRule, "inDoubtRule is null");
      requireNonNull(md5Signing, "md5Signing is null");
    }
  }

  /**
   * A tenant with what only administrators see.
   *
   * @param appKey by which its merchant system names itself
   * @param users how many it has, its root aside
   * @param md5Signing whether its backend may sign by MD5
   * @param quotaPlan code of the plan it has
   */
  record TenantProfile(
      Tenant tenant,
      boolean active,
      String appKey,
      long users,
      Instant createdAt,
      boolean md5Signing,
      Optional<String> quotaPlan) {
    public TenantProfile {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(appKey, "appKey is null");
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(quotaPlan, "quotaPlan is null");
    }
  }
}
