package io.tollgate.billing.internal.grants;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import java.time.Duration;
import java.time.InstantSource;

/** Takes back what is left of grants that have ended, and tells the users. */
public final class ExpiredGrants {
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final Ledger ledger;
  private final InstantSource clock;
  private final GrantEvents events;

  public ExpiredGrants(Transactions transactions, Ledger ledger, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.events = new GrantEvents(ledger);
  }

  public RecurringJob job() {
    return new RecurringJob("ledger.expire_grants", EVERY, this::run);
  }

  private void run() {
    boolean more;
    do {
      more = transactions.write(this::some);
    } while (more);
  }

  private boolean some(Transaction transaction) {
    return ledger.expireGrants(
            transaction, clock.instant(), lost -> events.expired(transaction, lost))
        > 0;
  }
}
