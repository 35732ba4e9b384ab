package io.tollgate.ledger;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The recurring jobs of the books: sealing transfers. */
public final class LedgerJobs {
  private static final Duration SEAL_EVERY = Duration.ofSeconds(2);

  private LedgerJobs() {}

  /** Jobs for {@link io.tollgate.data.JobScheduler}: transfers are sealed. */
  public static List<RecurringJob> all(Ledger ledger, Transactions transactions) {
    return List.of(
        new RecurringJob("ledger.seal", SEAL_EVERY, () -> again(transactions, ledger::seal)));
  }

  /** A transaction each time, until it says that nothing is left to do. */
  private static void again(Transactions transactions, Predicate<Transaction> work) {
    boolean more;
    do {
      more = transactions.write(work::test);
    } while (more);
  }
}
