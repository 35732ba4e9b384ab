package io.tollgate.ledger;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/** The recurring jobs of the books: sealing transfers, and taking back expired grants. */
public final class LedgerJobs {
  private static final Duration EXPIRE_EVERY = Duration.ofMinutes(1);
  private static final Duration SEAL_EVERY = Duration.ofSeconds(2);

  private LedgerJobs() {}

  /** Jobs for {@link io.tollgate.data.JobScheduler}: grants expire, and transfers are sealed. */
  public static List<RecurringJob> all(
      Ledger ledger, Transactions transactions, InstantSource clock) {
    return List.of(
        new RecurringJob(
            "ledger.expire_grants",
            EXPIRE_EVERY,
            () -> again(transactions, t -> ledger.expireGrants(t, clock.instant()) > 0)),
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
