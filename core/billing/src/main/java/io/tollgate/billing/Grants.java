package io.tollgate.billing;

import io.tollgate.data.Transaction;

/** Gives quotas and credits by hand. Runs in the caller's transaction. */
public interface Grants {
  /**
   * Gives it once: tokens and calls, and money with an end, on an account of their own; money
   * without an end as gift credit, which is used before the balance. What the user owes in the
   * currency is paid from it first. The same order again gives the first receipt and changes
   * nothing.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when the key was used for
   *     another order; {@code INVALID_REQUEST} when the user's id cannot be one
   */
  GrantReceipt give(Transaction transaction, GrantOrder order);
}
