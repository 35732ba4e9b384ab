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
final class ReservedFunds {
  private final LeaseHolder holder;
  private final List<Reservation> reservations = new ArrayList<>(1);
  private List<Leg> passedOver = List.of();
  private long units;

  ReservedFunds(LeaseHolder holder) {
    this.holder = holder;
  }

  void add(Reservation reservation) {
    reservations.add(reservation);
    passOver(reservation.passedOver());
    for (Leg leg : reservation.payment()) {
      units = Math.addExact(units, leg.units());
    }
  }

  /** Takes over everything of another. */
  void addAll(ReservedFunds other) {
    reservations.addAll(other.reservations);
    passOver(other.passedOver);
    units = Math.addExact(units, other.units);
    other.reservations.clear();
    other.units = 0;
  }

  /** Smallest units reserved in all. */
  long units() {
    return units;
  }

  /** Whether something is reserved, and nothing of the account that should pay first. */
  boolean isWithout(AccountId first) {
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

  /** These accounts should pay so much, and were not there in time. */
  void passOver(List<Leg> legs) {
    if (!legs.isEmpty()) {
      List<Leg> more = new ArrayList<>(passedOver);
      more.addAll(legs);
      passedOver = more;
    }
  }

  /** What accounts should have paid that were not there in time. */
  List<Leg> passedOver() {
    return passedOver;
  }

  /** What is reserved, per account in paying order, then of limits. */
  void collect(List<LogRecord.Leg> into) {
    Map<AccountId, Long> sums = new LinkedHashMap<>();
    Map<AccountId, Long> limits = new LinkedHashMap<>();
    for (Reservation reservation : reservations) {
      for (Leg leg : reservation.payment()) {
        sums.merge(leg.account(), leg.units(), Math::addExact);
      }
      for (Leg leg : reservation.limits()) {
        limits.merge(leg.account(), leg.units(), Math::addExact);
      }
    }
    collect(LegKind.PAYMENT, sums, into);
    collect(LegKind.LIMIT, limits, into);
  }

  private static void collect(LegKind kind, Map<AccountId, Long> sums, List<LogRecord.Leg> into) {
    sums.forEach((account, sum) -> into.add(new LogRecord.Leg(kind, account, sum)));
  }

  /** Gives everything back. */
  void release(long now) {
    reservations.forEach(each -> holder.spend(each, 0, now));
    reservations.clear();
    units = 0;
  }

  /**
   * Pays: what was reserved first, then what else is free of the given accounts. The price counts
   * against each limit whoever pays it, and whether somebody does: as far as leases go here, and
   * when it is settled for the rest.
   *
   * @param price smallest units
   * @param others where to take more from, in paying order
   * @param limits of the request; each gets a leg, maybe of nothing, unless the price is nothing
   * @param into what was taken, per account
   * @return what was paid in all
   */
  long pay(
      long price,
      List<AccountId> others,
      List<AccountId> limits,
      long now,
      List<LogRecord.Leg> into) {
    Map<AccountId, Long> taken = new LinkedHashMap<>();
    Map<AccountId, Long> counted = new LinkedHashMap<>();
    if (price > 0) {
      limits.forEach(limit -> counted.put(limit, 0L));
    }
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
      long used = here - rest;
      for (Leg leg : reservation.limits()) {
        if (used > 0) {
          counted.merge(leg.account(), Math.min(used, leg.units()), Math::addExact);
        }
      }
      var unused = holder.spend(reservation, used, now);
    }
    for (AccountId account : others) {
      if (rest == 0) {
        break;
      }
      rest -= more(account, rest, now, taken);
    }
    counted.replaceAll(
        (limit, used) -> Math.addExact(used, holder.useMore(limit, price - used, now)));
    collect(LegKind.PAYMENT, taken, into);
    collect(LegKind.LIMIT, counted, into);
    return price - rest;
  }

  private long more(AccountId account, long max, long now, Map<AccountId, Long> taken) {
    long more = holder.useMore(account, max, now);
    if (more > 0) {
      taken.merge(account, more, Math::addExact);
    }
    return more;
  }
}
