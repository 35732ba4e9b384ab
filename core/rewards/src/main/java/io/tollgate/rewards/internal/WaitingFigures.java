package io.tollgate.rewards.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.rewards.ProfitPools;
import io.tollgate.rewards.Withdrawals;
import java.time.Duration;
import java.util.Optional;

/** Counts what waits, for the gauges. */
public final class WaitingFigures {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Transactions transactions;
  private final ProfitPools pools;
  private final Withdrawals withdrawals;
  private final RewardMeters meters;

  public WaitingFigures(
      Transactions transactions, ProfitPools pools, Withdrawals withdrawals, RewardMeters meters) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.pools = requireNonNull(pools, "pools is null");
    this.withdrawals = requireNonNull(withdrawals, "withdrawals is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  public RecurringJob job() {
    return new RecurringJob("rewards.figures", EVERY, this::count);
  }

  private void count() {
    var _ =
        transactions.read(
            transaction -> {
              var waiting = withdrawals.stats(transaction, Optional.empty());
              meters.waiting("withdrawals", waiting.waiting().count());
              meters.waiting("payments", waiting.approved().count());
              meters.waiting("pools", pools.stats(transaction, Optional.empty()).waiting());
              return true;
            });
  }
}
