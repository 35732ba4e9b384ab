package io.tollgate.metering.internal.database.books;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import org.jspecify.annotations.Nullable;

/** A locked account with the log's lease on it, as decided so far. Confined to a transaction. */
final class LeasedAccount {
  final AccountId id;
  final AccountKey key;

  /** Taken of it by legs, from the lease or not. */
  long taken;

  /** Part of that which the lease had. */
  long released;

  private long available;
  private long outstanding;
  private @Nullable LeaseStanding lease;

  LeasedAccount(Account account) {
    id = account.id();
    key = account.key();
    available = account.available();
  }

  void lease(LeaseStanding row) {
    lease = row;
    outstanding = row.outstanding();
  }

  boolean isLeased() {
    return lease != null;
  }

  /** Takes up to so much from the lease, then from what is available. */
  long takeLeased(long units) {
    long leased = Math.min(units, outstanding);
    outstanding -= leased;
    released = Math.addExact(released, leased);
    taken = Math.addExact(taken, units);
    return leased + takeAvailable(units - leased);
  }

  /** Takes up to so much from what is available. */
  long takeAvailable(long units) {
    long free = Math.min(units, Math.max(0, available));
    available -= free;
    return free;
  }

  /** What is available now. */
  long available() {
    return Math.max(0, available);
  }

  /** What was taken is not needed after all. */
  void giveBack(long units) {
    available = Math.addExact(available, units);
  }

  /** What is not in the lease counts for it all the same: granted is at least what is settled. */
  LeaseStanding leaseAfter(HolderId holder) {
    LeaseStanding before = lease == null ? LeaseStanding.none(holder, id) : lease;
    return before.settledBy(taken);
  }
}
