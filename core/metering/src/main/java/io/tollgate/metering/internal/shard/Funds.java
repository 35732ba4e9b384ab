package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.lease.LeaseHolder;
import io.tollgate.metering.internal.lease.Reservation;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.LegKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a passage has reserved in one unit: tokens of quotas, or money. It may have been reserved in
 * several steps. Confined to the loop.
 */
final class Funds {
  private final LeaseHolder holder;
  private final List<Reservation> reservations = new ArrayList<>(1);
  private long units;

  Funds(LeaseHolder holder) {
    this.holder = holder;
  }

  void add(Reservation reservation) {
    reservations.add(reservation);
    for (Leg leg : reservation.payment()) {
      units = Math.addExact(units, leg.units());
    }
  }

  /** Takes over everything of another. */
  void addAll(Funds other) {
    reservations.addAll(other.reservations);
    units = Math.addExact(units, other.units);
    other.reservations.clear();
    other.units = 0;
  }

  /** Smallest units reserved in all. */
  long units() {
    return units;
  }

  /** Whether something is reserved, and nothing of the account that should pay first. */
  boolean passOver(AccountId first) {
    if (units == 0) {
      return false;
    }
    for (Reservation reservation : reservations) {
      for (Leg leg : reservation.payment()) {
        if (leg.units() > 0 && leg.account().equals(first)) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is reserved, per account in paying order. */
  void collect(List<LogRecord.Leg> into) {
    Map<AccountId, Long> sums = new LinkedHashMap<>();
    for (Reservation reservation : reservations) {
      for (Leg leg : reservation.payment()) {
        sums.merge(leg.account(), leg.units(), Math::addExact);
      }
    }
    sums.forEach((account, sum) -> into.add(new LogRecord.Leg(LegKind.PAYMENT, account, sum)));
  }

  /** Gives everything back. */
  void release(long now) {
    reservations.forEach(each -> holder.settle(each, 0, now));
    reservations.clear();
    units = 0;
  }

  /**
   * Pays: what was reserved first, then what else is free of the given accounts.
   *
   * @param price smallest units
   * @param others where to take more from, in paying order
   * @param into what was taken, per account
   * @return what was paid in all
   */
  long pay(long price, List<AccountId> others, long now, List<LogRecord.Leg> into) {
    Map<AccountId, Long> taken = new LinkedHashMap<>();
    long rest = price;
    for (Reservation reservation : reservations) {
      long here = rest;
      for (Leg leg : reservation.payment()) {
        long used = Math.min(rest, leg.units());
        if (used > 0) {
          taken.merge(leg.account(), used, Math::addExact);
          rest -= used;
        }
      }
      var unused = holder.settle(reservation, here - rest, now);
    }
    for (AccountId account : others) {
      if (rest == 0) {
        break;
      }
      long more = holder.useMore(account, rest, now);
      if (more > 0) {
        taken.merge(account, more, Math::addExact);
        rest -= more;
      }
    }
    taken.forEach((account, sum) -> into.add(new LogRecord.Leg(LegKind.PAYMENT, account, sum)));
    return price - rest;
  }
}
