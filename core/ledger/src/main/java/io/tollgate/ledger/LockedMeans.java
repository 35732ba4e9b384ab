package io.tollgate.ledger;

import io.tollgate.ground.AccountId;
import java.util.Map;

/**
 * Accounts that a transaction has locked until it ends, none of them hot. Postings that are given
 * it lock only what it has not: locking thousands of rows twice costs as much as writing them. It
 * knows what postings that were given it have changed; other changes of the same accounts by the
 * same transaction make the next one fail. Confined to the transaction, and of no use after a
 * refusal.
 */
public interface LockedMeans {
  /** The accounts as they were when they were locked, in the order of ids. */
  Map<AccountId, Account> accounts();
}
