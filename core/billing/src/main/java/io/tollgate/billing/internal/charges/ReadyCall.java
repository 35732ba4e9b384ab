package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.Tenant;
import io.tollgate.ledger.UserOfTenant;

/** A call whose user and tenant are known. */
record ReadyCall(WaitingCall waiting, Tenant tenant, UserOfTenant user) {
  ReadyCall {
    requireNonNull(waiting, "waiting is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
  }
}
