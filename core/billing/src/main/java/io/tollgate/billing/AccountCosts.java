package io.tollgate.billing;

import io.tollgate.metering.AccountCost;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What provider accounts have cost: from Redis first, where it is configured and has it, and from
 * the database else. Blocks; safe for use by many threads.
 */
public interface AccountCosts {
  /** Days that are kept. */
  int MAX_DAYS = 90;

  /**
   * Costs for a list of accounts.
   *
   * @param accounts at most 500
   * @return one for each of them, of zeros where it has served nothing
   */
  Map<Long, AccountCostSummary> summaries(Collection<Long> accounts);

  /**
   * Costs day by day (UTC), the latest first and today among them; of zeros where nothing was
   * served.
   *
   * @param days 1 to {@link #MAX_DAYS}
   */
  List<AccountCost> daily(long account, int days);
}
