package io.tollgate.identity.internal.changes;

import static io.tollgate.schema.identity.Tables.ADMIN_CHANGE;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Deletes rows of the administrators' log whose time of keeping is over. */
public final class ChangeRetention {
  private static final int MAX = 1_000;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration kept;

  public ChangeRetention(Transactions transactions, InstantSource clock, Duration kept) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.kept = requireNonNull(kept, "kept is null");
  }

  /** Deletes all there are, in transactions of its own. */
  public void run() {
    Instant before = clock.instant().minus(kept);
    int deleted;
    do {
      deleted = transactions.write(transaction -> delete(transaction, before));
    } while (deleted == MAX);
  }

  private static int delete(Transaction transaction, Instant before) {
    return transaction
        .sql()
        .deleteFrom(ADMIN_CHANGE)
        .where(
            ADMIN_CHANGE.ID.in(
                transaction
                    .sql()
                    .select(ADMIN_CHANGE.ID)
                    .from(ADMIN_CHANGE)
                    .where(ADMIN_CHANGE.AT.lt(before))
                    .orderBy(ADMIN_CHANGE.AT, ADMIN_CHANGE.ID)
                    .limit(MAX)))
        .execute();
  }
}
