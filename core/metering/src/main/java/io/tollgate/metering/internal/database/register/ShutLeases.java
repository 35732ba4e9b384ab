package io.tollgate.metering.internal.database.register;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.database.tables.LegOwnership;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.settlement.TakeOver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What becomes of a log's leases when its process has ended: each keeps what the unsettled results
 * need, the rest is free, and the open intents are held from what is free then. What is not there
 * is not held. Pure.
 *
 * @param rows leases that change
 * @param heldChanges units per account by which the leases' share of what is held changes
 * @param holds what each open intent gets, in paying order; empty where nothing
 * @param bound what each lease had left beyond everything the log knows
 */
record ShutLeases(
    List<LeaseStanding> rows,
    List<Leg> heldChanges,
    Map<ChargeId, List<Leg>> holds,
    Map<AccountId, Long> bound) {

  static ShutLeases decide(
      Collection<LeaseStanding> leases, Map<AccountId, Account> accounts, TakeOver plan) {
    Map<AccountId, Long> unsettled = sum(plan.unsettled());
    Map<AccountId, Long> available = new LinkedHashMap<>();
    accounts.forEach((id, account) -> available.put(id, account.available()));
    List<LeaseStanding> rows = new ArrayList<>();
    List<Leg> heldChanges = new ArrayList<>();
    Map<AccountId, Long> left = new LinkedHashMap<>();
    for (LeaseStanding lease : leases) {
      long kept = Math.min(lease.outstanding(), unsettled.getOrDefault(lease.account(), 0L));
      long freed = lease.outstanding() - kept;
      if (freed > 0) {
        rows.add(shrunk(lease, kept));
        heldChanges.add(new Leg(lease.account(), -freed));
        available.merge(lease.account(), freed, Math::addExact);
        left.put(lease.account(), freed);
      }
    }
    Map<ChargeId, List<Leg>> holds = new LinkedHashMap<>();
    for (TakeOver.OpenIntent open : plan.open()) {
      List<LogRecord.Leg> legs = own(open, accounts);
      sum(legs).forEach((account, units) -> left.computeIfPresent(account, less(units)));
      holds.put(open.intent().charge(), hold(legs, available));
    }
    left.values().removeIf(units -> units <= 0);
    return new ShutLeases(rows, heldChanges, holds, left);
  }

  /** What open intents of a log without leases get. */
  static Map<ChargeId, List<Leg>> holds(
      List<TakeOver.OpenIntent> intents, Map<AccountId, Account> accounts) {
    Map<AccountId, Long> available = new LinkedHashMap<>();
    accounts.forEach((id, account) -> available.put(id, account.available()));
    Map<ChargeId, List<Leg>> holds = new LinkedHashMap<>();
    for (TakeOver.OpenIntent open : intents) {
      holds.put(open.intent().charge(), hold(own(open, accounts), available));
    }
    return holds;
  }

  private static List<LogRecord.Leg> own(
      TakeOver.OpenIntent open, Map<AccountId, Account> accounts) {
    return open.legs().stream().filter(leg -> fits(open, leg, accounts)).toList();
  }

  private static boolean fits(
      TakeOver.OpenIntent open, LogRecord.Leg leg, Map<AccountId, Account> accounts) {
    Account account = accounts.get(leg.account());
    return account != null && LegOwnership.fits(open.intent(), leg, account.key());
  }

  private static BiFunction<AccountId, Long, Long> less(long units) {
    return (account, left) -> left - units;
  }

  private static List<Leg> hold(List<LogRecord.Leg> legs, Map<AccountId, Long> available) {
    List<Leg> held = new ArrayList<>();
    for (LogRecord.Leg leg : legs) {
      long free = Math.max(0, available.getOrDefault(leg.account(), 0L));
      long units = Math.min(leg.units(), free);
      if (units > 0) {
        held.add(new Leg(leg.account(), units));
        available.put(leg.account(), free - units);
      }
    }
    return held;
  }

  private static LeaseStanding shrunk(LeaseStanding lease, long outstanding) {
    return new LeaseStanding(
        lease.holder(),
        lease.account(),
        lease.number(),
        lease.token(),
        Math.addExact(lease.settled(), outstanding),
        lease.settled(),
        true);
  }

  private static Map<AccountId, Long> sum(List<LogRecord.Leg> legs) {
    Map<AccountId, Long> sums = new LinkedHashMap<>();
    legs.forEach(leg -> sums.merge(leg.account(), leg.units(), Math::addExact));
    return sums;
  }
}
