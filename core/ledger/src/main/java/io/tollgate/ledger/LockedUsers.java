package io.tollgate.ledger;

import java.util.List;
import java.util.Map;

/**
 * What users pay from, locked until the transaction ends.
 *
 * @param means all that is locked, to be given to what is posted next
 * @param accounts by user, in the order in which they pay, also of users who have none
 */
public record LockedUsers(LockedMeans means, Map<UserOfTenant, List<Account>> accounts) {
  public LockedUsers {
    accounts = Map.copyOf(accounts);
  }
}
