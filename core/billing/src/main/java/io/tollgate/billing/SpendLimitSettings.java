package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;

/**
 * Sets, lists and removes spend limits. Runs in the caller's transaction; gateways hear of a change
 * with its commit.
 */
public interface SpendLimitSettings {
  /**
   * Limits by id, the oldest first.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the cursor is not one of ours
   */
  ListPage<SpendLimitStanding> list(
      Transaction transaction, SpendLimitFilter filter, ListRequest page);

  /**
   * Sets a limit, or the amount of the one that is there: of one tenant, scope, user, key, span and
   * currency there is one. The window that is open is changed with it: what was spent in it stays
   * spent. Where less is allowed than before, what gateways have leased is taken back as it comes
   * back from them.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such tenant, or the
   *     tenant has no such key; {@code USER_NOT_FOUND} when it has no such user; {@code
   *     CURRENCY_MISMATCH} when the currency is not the tenant's; {@code INVALID_REQUEST} when the
   *     amount is less than nothing or cannot be one
   */
  SpendLimitStanding set(Transaction transaction, SpendLimitOrder order);

  /**
   * Deletes a limit. What was spent in its open window is not forgotten: the same limit set again
   * before the window ends counts it.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is none of this id
   */
  void remove(Transaction transaction, long id);
}
