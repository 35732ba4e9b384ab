package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * The user whose numbers a client follows.
 *
 * @param externalId by which clients know them
 * @param currency the tenant's
 */
record SyncUser(TenantId tenant, UserId user, String externalId, Asset currency) {
  SyncUser {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(currency, "currency is null");
  }
}
