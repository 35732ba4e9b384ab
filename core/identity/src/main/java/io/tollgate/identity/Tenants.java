package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/** Tenants. Runs in the caller's transaction. */
public interface Tenants {
  Optional<Tenant> find(Transaction transaction, TenantId id);

  /** Makes a tenant; its API secret is shown this once. */
  NewTenant create(Transaction transaction, String name, String currency, long monthlyFreeTokens);

  /** A new tenant with its merchant keys. */
  record NewTenant(Tenant tenant, String appKey, String appSecret) {}
}
