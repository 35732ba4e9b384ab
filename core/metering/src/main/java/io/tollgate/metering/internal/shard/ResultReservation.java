package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;

/**
 * Reserves what a request has used beyond its reservation, as far as the means go: the rest of each
 * leg's slice, then more of the same leg from the database, and only then the next leg. Quotas come
 * before money. Limits are not asked: what was delivered is charged whatever they say. Confined to
 * the loop.
 */
final class ResultReservation {
  private final PassageShard shard;
  private final UserWallet.Owner owner;
  private final PassageAccounts accounts;
  private final PriceQuote quote;
  private final TokenUsage usage;
  private final ReservedFunds quota;
  private final ReservedFunds money;
  private final Runnable then;

  /**
   * @param usage of the whole request
   * @param quota tokens reserved so far; what is added goes there
   * @param money money reserved so far; what is added goes there
   * @param then told once that no more is to be had, maybe before {@link #start} returns
   */
  ResultReservation(
      PassageShard shard,
      UserWallet.Owner owner,
      PassageAccounts accounts,
      PriceQuote quote,
      TokenUsage usage,
      ReservedFunds quota,
      ReservedFunds money,
      Runnable then) {
    this.shard = shard;
    this.owner = owner;
    this.accounts = accounts;
    this.quote = quote;
    this.usage = usage;
    this.quota = quota;
    this.money = money;
    this.then = then;
  }

  void start() {
    long missing = quote.payableTokens(usage) - quota.units();
    reserve(Asset.TOKEN, accounts.quota(), missing, quota, this::pay);
  }

  private void pay() {
    long covered = Math.min(quote.payableTokens(usage), quota.units());
    long missing = quote.price(usage, covered) - money.units();
    if (missing > 0 && accounts.money().mayGather()) {
      gatherThenPay(missing);
    } else {
      reserve(quote.currency(), accounts.money(), missing, money, then);
    }
  }

  /** Grants that a record has no room for pay before what has no end. */
  private void gatherThenPay(long missing) {
    new GrantReservation(
            shard, owner, quote.currency(), accounts.money(), money, GrantReservation.Outcome.NONE)
        .gathering(
            missing,
            new GrantReservation.Gathered() {
              @Override
              public void into(AccountId account, Runnable done) {
                reserve(
                    quote.currency(),
                    accounts.money(),
                    missing,
                    money,
                    () -> {
                      done.run();
                      then.run();
                    });
              }

              @Override
              public void nothing(boolean silent) {
                reserve(quote.currency(), accounts.money(), missing, money, then);
              }
            });
  }

  private void reserve(
      Asset asset, PayingOrder order, long missing, ReservedFunds into, Runnable next) {
    if (missing <= 0 || order.isEmpty()) {
      next.run();
      return;
    }
    new GrantReservation(
            shard,
            owner,
            asset,
            order,
            into,
            new GrantReservation.Outcome() {
              @Override
              public void reserved() {
                next.run();
              }

              @Override
              public void refused(Cause cause, long rest) {
                // what memory has is taken all the same, without asking; the rest is put right
                into.passOver(
                    order.accounts().stream().map(account -> new Leg(account, rest)).toList());
                next.run();
              }
            })
        .upTo(missing);
  }
}
