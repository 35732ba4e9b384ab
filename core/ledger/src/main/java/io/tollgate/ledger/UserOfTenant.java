package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** A user, in the books of a tenant. */
public record UserOfTenant(TenantId tenant, UserId user) {
  public UserOfTenant {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
  }
}
