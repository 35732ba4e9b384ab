package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes the excess of lowered limits out of their windows as gateways give it back, so that it is
 * not leased again.
 */
final class LoweredLimits {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int MAX = 500;

  private final WindowTable windows = new WindowTable();
  private final Transactions transactions;
  private final WindowAllotments allotments;
  private final InstantSource clock;

  LoweredLimits(Transactions transactions, WindowAllotments allotments, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.allotments = requireNonNull(allotments, "allotments is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  RecurringJob job() {
    return new RecurringJob("billing.lowered_limits", EVERY, this::takeBack);
  }

  private void takeBack() {
    var unused =
        transactions.write(
            transaction -> {
              List<DueWindow> due = windows.unapplied(transaction, clock.instant(), MAX);
              return due.isEmpty() ? due : allotments.settle(transaction, due);
            });
  }
}
