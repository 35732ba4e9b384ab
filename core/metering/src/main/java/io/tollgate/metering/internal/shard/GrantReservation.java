package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.lease.LegPlan;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.lease.ReservationListener;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;
import java.util.List;

/**
 * Reserves of the accounts of one asset as far as they go; where a user has more grants than a
 * record holds, also what those have. Confined to the loop.
 */
final class GrantReservation {
  private final PassageShard shard;
  private final UserWallet.Owner owner;
  private final Asset asset;
  private final PayingOrder order;
  private final ReservedFunds into;
  private final Outcome outcome;

  /** Hears how it ended, once. */
  interface Outcome {
    /** For who only gathers. */
    Outcome NONE =
        new Outcome() {
          @Override
          public void reserved() {}

          @Override
          public void refused(Cause cause, long missing) {}
        };

    /** Everything there is, up to what was missing, is reserved. */
    void reserved();

    /**
     * The database was silent, or nothing is let through any more. What was reserved before stays.
     *
     * @param missing what is not reserved
     */
    void refused(Cause cause, long missing);
  }

  GrantReservation(
      PassageShard shard,
      UserWallet.Owner owner,
      Asset asset,
      PayingOrder order,
      ReservedFunds into,
      Outcome outcome) {
    this.shard = shard;
    this.owner = owner;
    this.asset = asset;
    this.order = order;
    this.into = into;
    this.outcome = outcome;
  }

  /** Reserves up to so much, more than nothing, of all accounts. */
  void upTo(long missing) {
    reserve(order.accounts(), missing, () -> {});
  }

  private void reserve(List<AccountId> from, long missing, Runnable done) {
    shard
        .holder()
        .reserve(
            LegPlan.upTo(from, missing),
            new ReservationListener() {
              @Override
              public void reserved(Reservation reservation) {
                into.add(reservation);
                done.run();
                long rest = missing;
                if (order.mayGather()) {
                  for (Leg leg : reservation.payment()) {
                    rest -= leg.units();
                  }
                  if (rest > 0) {
                    gather(rest);
                    return;
                  }
                }
                outcome.reserved();
              }

              @Override
              public void refused(Cause cause) {
                done.run();
                outcome.refused(cause, missing);
              }
            },
            shard.now());
  }

  private void gather(long missing) {
    gathering(
        missing,
        new Gathered() {
          @Override
          public void into(AccountId account, Runnable done) {
            reserve(List.of(account), missing, done);
          }

          @Override
          public void nothing(boolean silent) {
            if (silent) {
              outcome.refused(Cause.NO_ANSWER, missing);
            } else {
              outcome.reserved();
            }
          }
        });
  }

  /** Hears where what was gathered is, once. */
  interface Gathered {
    /**
     * @param done to be called once the account has been reserved of, or will not be
     */
    void into(AccountId account, Runnable done);

    void nothing(boolean silent);
  }

  /** Gathers so much of the grants that the order has no room for, and adds the account to it. */
  void gathering(long missing, Gathered gathered) {
    shard.gather(
        owner,
        asset,
        order.accounts(),
        order.toGather(missing),
        found -> {
          if (found.account().isEmpty()) {
            order.nothingToGather();
            found.done().run();
            gathered.nothing(found.silent());
            return;
          }
          order.gathered(found.account().get());
          gathered.into(found.account().get(), found.done());
        });
  }
}
