package io.tollgate.rewards.internal.pools;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** Who is the tenant itself, and takes what nobody else gets. */
@FunctionalInterface
public interface RootUsers {
  /**
   * The root user of a tenant.
   *
   * @throws io.tollgate.ground.Refusal when there is none
   */
  UserId of(Transaction transaction, TenantId tenant);
}
