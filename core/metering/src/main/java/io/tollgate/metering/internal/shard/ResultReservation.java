package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.lease.LegPlan;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.lease.ReservationListener;
import java.util.List;

/**
 * Reserves what a request has used beyond its reservation, as far as the means go: the rest of each
 * leg's slice, then more of the same leg from the database, and only then the next leg. Quotas come
 * before money. Limits are not asked: what was delivered is charged whatever they say. Confined to
 * the loop.
 */
final class ResultReservation {
  private final PassageShard shard;
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
      PassageAccounts accounts,
      PriceQuote quote,
      TokenUsage usage,
      ReservedFunds quota,
      ReservedFunds money,
      Runnable then) {
    this.shard = shard;
    this.accounts = accounts;
    this.quote = quote;
    this.usage = usage;
    this.quota = quota;
    this.money = money;
    this.then = then;
  }

  void start() {
    reserve(accounts.quota(), usage.total() - quota.units(), quota, this::pay);
  }

  private void pay() {
    long covered = Math.min(usage.total(), quota.units());
    reserve(accounts.money(), quote.price(usage, covered) - money.units(), money, then);
  }

  private void reserve(List<AccountId> from, long missing, ReservedFunds into, Runnable next) {
    if (missing <= 0 || from.isEmpty()) {
      next.run();
      return;
    }
    shard
        .holder()
        .reserve(
            LegPlan.upTo(from, missing),
            new ReservationListener() {
              @Override
              public void reserved(Reservation reservation) {
                into.add(reservation);
                next.run();
              }

              @Override
              public void refused(Cause cause) {
                // what memory has is taken all the same, without asking; the rest is put right
                from.forEach(account -> into.passOver(new Leg(account, missing)));
                next.run();
              }
            },
            shard.now());
  }
}
