package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * Deletes the account of a user who wishes it: sessions end, keys are refused, and address,
 * password, second factor and linked sign-ons are gone. The number stays, because the books name
 * it. Whether money stands in the way is the caller's to know. Runs in the caller's transaction.
 */
public interface AccountDeletion {
  /**
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND}
   */
  void delete(Transaction transaction, TenantId tenant, UserId user);
}
