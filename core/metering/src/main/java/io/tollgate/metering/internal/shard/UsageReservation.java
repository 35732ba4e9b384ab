package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.lease.LegPlan;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.lease.ReservationListener;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;

/**
 * Reserves what a usage may cost beyond what is reserved already: tokens of the quotas as far as
 * there are any, then money for the rest, within the spend limits; all of it or nothing. Confined
 * to the loop.
 */
final class UsageReservation {
  private final PassageShard shard;
  private final UserWallet.Owner owner;
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
      UserWallet.Owner owner,
      PassageAccounts accounts,
      PriceQuote quote,
      TokenUsage usage,
      ReservedFunds quota,
      ReservedFunds money,
      Outcome outcome) {
    this.shard = shard;
    this.owner = owner;
    this.accounts = accounts;
    this.quote = quote;
    this.usage = usage;
    this.quota = quota;
    this.money = money;
    this.outcome = outcome;
  }

  void start() {
    ReservedFunds tokens = new ReservedFunds(shard.holder());
    long missing = quote.payableTokens(usage) - quota.units();
    if (missing <= 0 || accounts.quota().isEmpty()) {
      pay(tokens);
      return;
    }
    new GrantReservation(
            shard,
            owner,
            Asset.TOKEN,
            accounts.quota(),
            tokens,
            new GrantReservation.Outcome() {
              @Override
              public void reserved() {
                pay(tokens);
              }

              @Override
              public void refused(Cause cause, long missing) {
                refuse(tokens, cause);
              }
            })
        .upTo(missing);
  }

  private void pay(ReservedFunds tokens) {
    long covered = Math.min(quote.payableTokens(usage), quota.units() + tokens.units());
    long missing = quote.estimate(usage, covered) - money.units();
    if (missing <= 0) {
      done(tokens);
    } else if (accounts.money().isEmpty()) {
      refuse(tokens, Cause.NO_MEANS);
    } else if (accounts.money().mayGather()) {
      gatherThenPay(tokens, missing);
    } else {
      pay(tokens, missing, () -> {});
    }
  }

  /** A record has no room for all grants: what is needed of the later ones comes into one first. */
  private void gatherThenPay(ReservedFunds tokens, long missing) {
    new GrantReservation(
            shard, owner, quote.currency(), accounts.money(), money, GrantReservation.Outcome.NONE)
        .gathering(
            missing,
            new GrantReservation.Gathered() {
              @Override
              public void into(AccountId account, Runnable done) {
                pay(tokens, missing, done);
              }

              @Override
              public void nothing(boolean silent) {
                if (silent) {
                  refuse(tokens, Cause.NO_ANSWER);
                } else {
                  pay(tokens, missing, () -> {});
                }
              }
            });
  }

  /**
   * @param done told when it is over, whatever came of it
   */
  private void pay(ReservedFunds tokens, long missing, Runnable done) {
    shard
        .holder()
        .reserve(
            new LegPlan(accounts.allowances(), accounts.money().accounts(), missing),
            new ReservationListener() {
              @Override
              public void reserved(Reservation reservation) {
                done.run();
                money.add(reservation);
                done(tokens);
              }

              @Override
              public void refused(Cause cause) {
                done.run();
                refuse(tokens, cause);
              }
            },
            shard.now());
  }

  private void done(ReservedFunds tokens) {
    quota.addAll(tokens);
    outcome.reserved();
  }

  private void refuse(ReservedFunds tokens, Cause cause) {
    tokens.release(shard.now());
    outcome.refused(cause);
  }
}
