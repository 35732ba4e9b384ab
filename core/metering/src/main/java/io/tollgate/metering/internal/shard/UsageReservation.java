package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.lease.LegPlan;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.lease.ReservationListener;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;
import java.util.function.Consumer;

/**
 * Reserves what a usage may cost beyond what is reserved already: tokens of the quotas as far as
 * there are any, then money for the rest, within the spend limits; all of it or nothing. Confined
 * to the loop.
 */
final class UsageReservation {
  private final PassageShard shard;
  private final PassageAccounts accounts;
  private final PriceQuote quote;
  private final TokenUsage usage;
  private final ReservedFunds quota;
  private final ReservedFunds money;
  private final Outcome outcome;

  /** Hears how it ended, once, maybe before {@link #start} returns. */
  interface Outcome {
    void reserved();

    /** Nothing more is reserved than was before. */
    void refused(Cause cause);
  }

  /**
   * @param usage what is to be covered in all
   * @param quota tokens reserved so far; what is added goes there
   * @param money money reserved so far; what is added goes there
   */
  UsageReservation(
      PassageShard shard,
      PassageAccounts accounts,
      PriceQuote quote,
      TokenUsage usage,
      ReservedFunds quota,
      ReservedFunds money,
      Outcome outcome) {
    this.shard = shard;
    this.accounts = accounts;
    this.quote = quote;
    this.usage = usage;
    this.quota = quota;
    this.money = money;
    this.outcome = outcome;
  }

  void start() {
    ReservedFunds tokens = new ReservedFunds(shard.holder());
    long missing = usage.total() - quota.units();
    if (missing <= 0 || accounts.quota().isEmpty()) {
      pay(tokens);
      return;
    }
    reserve(
        LegPlan.upTo(accounts.quota(), missing),
        reservation -> {
          tokens.add(reservation);
          pay(tokens);
        },
        tokens);
  }

  private void pay(ReservedFunds tokens) {
    long covered = Math.min(usage.total(), quota.units() + tokens.units());
    long missing = quote.estimate(usage, covered) - money.units();
    if (missing <= 0) {
      done(tokens);
    } else if (accounts.money().isEmpty()) {
      refuse(tokens, Cause.NO_MEANS);
    } else {
      reserve(
          new LegPlan(accounts.allowances(), accounts.money(), missing),
          reservation -> {
            money.add(reservation);
            done(tokens);
          },
          tokens);
    }
  }

  private void done(ReservedFunds tokens) {
    quota.addAll(tokens);
    outcome.reserved();
  }

  private void refuse(ReservedFunds tokens, Cause cause) {
    tokens.release(shard.now());
    outcome.refused(cause);
  }

  private void reserve(LegPlan plan, Consumer<Reservation> then, ReservedFunds tokens) {
    shard
        .holder()
        .reserve(
            plan,
            new ReservationListener() {
              @Override
              public void reserved(Reservation reservation) {
                then.accept(reservation);
              }

              @Override
              public void refused(Cause cause) {
                refuse(tokens, cause);
              }
            },
            shard.now());
  }
}
