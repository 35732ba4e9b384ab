package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** Hears of users who have verified their address and were invited by somebody. */
@FunctionalInterface
public interface VerifiedUsers {
  VerifiedUsers NOBODY = (transaction, tenant, user, inviter) -> {};

  /**
   * A user has verified their address, perhaps not for the first time. Runs in the transaction that
   * says so; what it throws undoes that.
   */
  void verified(Transaction transaction, TenantId tenant, UserId user, UserId inviter);
}
