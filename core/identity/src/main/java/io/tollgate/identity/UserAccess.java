package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * Says what users may ask for. Runs in the caller's transaction; gateways obey as soon as the
 * database tells of it, as with keys.
 */
public interface UserAccess {
  /**
   * Keeps terms under a number, for all who have them.
   *
   * @param id given by who makes them, the same ever after
   */
  void keep(Transaction transaction, TenantId tenant, long id, AccessTerms terms);

  /** From now on the user has the terms that are kept under that number. */
  void assign(Transaction transaction, TenantId tenant, UserId user, long id);

  /** From now on the user has no terms: whatever their keys may. */
  void clear(Transaction transaction, TenantId tenant, UserId user);
}
