package io.tollgate.relay.accounts;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;

/** How the requests of tenants choose among accounts of equal priority; stored. */
public interface TenantRoutings {
  /** The tenant's choice; {@link RoutingStrategy#WEIGHTED} where it made none. */
  RoutingStrategy of(Transaction transaction, TenantId tenant);

  void set(Transaction transaction, TenantId tenant, RoutingStrategy strategy);
}
