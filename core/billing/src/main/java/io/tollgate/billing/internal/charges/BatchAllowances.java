package io.tollgate.billing.internal.charges;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What spend limits leave, as the decisions of one batch change it: users of a tenant may share
 * one. Pure; confined to the batch.
 */
final class BatchAllowances {
  private final Map<AccountId, Long> available = new HashMap<>();

  /**
   * @param accounts as they are locked; those that are not in {@code allowances} do not matter
   */
  BatchAllowances(Map<AccountId, Account> accounts, Collection<AccountId> allowances) {
    for (AccountId each : allowances) {
      Account account = accounts.get(each);
      if (account == null) {
        throw new IllegalStateException("the allowance " + each + " is not locked");
      }
      available.put(each, account.available());
    }
  }

  long left(AccountId allowance) {
    return Math.max(0, available.getOrDefault(allowance, 0L));
  }

  /** Adds units, or takes them with a negative number; of others than allowances nothing. */
  void move(AccountId allowance, long units) {
    available.computeIfPresent(allowance, (_, now) -> Math.addExact(now, units));
  }
}
