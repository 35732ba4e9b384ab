package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.shard.UserWallet.PayingAccount;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts of one asset that a request may be paid from: grants first, then what has no end. A
 * log record holds eight of them. Where there are more grants, the first four stand here by
 * themselves, and what the others have is gathered into one of them when it is needed, twice at
 * most. Confined to the loop.
 */
final class PayingOrder {
  private static final int MAX = 8;
  private static final int GRANTS_OF_MANY = 4;
  private static final int GATHERINGS = 2;

  private final List<AccountId> accounts = new ArrayList<>(2);

  /** Place of the first account that is no grant. */
  private int grants;

  private int mayGather;

  void add(PayingAccount account) {
    if (account.grant()) {
      accounts.add(grants++, account.account());
    } else {
      accounts.add(account.account());
    }
  }

  /** Leaves out the grants that a record has no room for. */
  void keepWhatFits() {
    if (accounts.size() <= MAX) {
      return;
    }
    accounts.subList(GRANTS_OF_MANY, grants).clear();
    grants = GRANTS_OF_MANY;
    mayGather = GATHERINGS;
    if (accounts.size() > MAX - GATHERINGS) {
      throw new IllegalArgumentException(
          "accounts that are no grants: "
              + (accounts.size() - grants)
              + " (expected: a gift and a balance)");
    }
  }

  /** In paying order; not to be changed. */
  List<AccountId> accounts() {
    return accounts;
  }

  boolean isEmpty() {
    return accounts.isEmpty();
  }

  /** Whether there are more grants, and room for what they have. */
  boolean mayGather() {
    return mayGather > 0;
  }

  /**
   * How much to gather for so much that is missing. The last time everything, so that no means are
   * left which a record has no room for.
   */
  long toGather(long missing) {
    return mayGather > 1 ? missing : Long.MAX_VALUE;
  }

  /** What was gathered is in this account, which pays after the grants that stand here. */
  void gathered(AccountId account) {
    mayGather--;
    accounts.add(grants++, account);
  }

  /** There is nothing to be gathered. */
  void nothingToGather() {
    mayGather = 0;
  }
}
