package io.tollgate.metering;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;

/** Gives a user the free quotas of the current period, where they have not got them yet. */
@FunctionalInterface
public interface Entitlements {
  /**
   * Where the database tells that what users are due has changed: {@code tenant:user}, or {@code
   * tenant:*} for all of a tenant.
   */
  String CHANNEL = "tollgate_entitlements";

  /** Grants what is due, once per period; cheap when nothing is due. */
  void ensure(Transaction transaction, TenantId tenant, UserId user, Instant now);
}
