package io.tollgate.metering;

import io.tollgate.data.Transaction;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What provider accounts have cost, in the books: written in the transaction that books the
 * requests, so it is always the sum of the usage records.
 */
public interface AccountCostQueries {
  /** Costs of all time, of those accounts that have served anything, by account. */
  Map<Long, AccountCost> totals(Transaction transaction, Collection<Long> accounts);

  /** Costs by day from the one to the other, both included, of days with requests, by account. */
  Map<Long, List<AccountCost>> days(
      Transaction transaction, Collection<Long> accounts, LocalDate from, LocalDate to);

  /**
   * Which books these are: another id once the database was put back to an older state, when
   * versions begin anew.
   */
  UUID books(Transaction transaction);

  /** Accounts that have served anything, in order: up to so many after that one. */
  List<Long> accounts(Transaction transaction, long after, int limit);
}
