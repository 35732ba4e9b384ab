package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseBooks.Waiting;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.settlement.TakeOver;
import io.tollgate.metering.internal.shard.UserWallet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the database has: plain maps, so that a copy is a backup. Written by its transactions. */
final class Database {
  final Map<AccountId, Amounts> accounts = new LinkedHashMap<>();
  final Map<HolderId, Map<AccountId, LeaseStanding>> leases = new LinkedHashMap<>();
  final Map<AccountId, List<Waiting>> waiting = new LinkedHashMap<>();
  final Map<UUID, LogRow> logs = new LinkedHashMap<>();
  final Map<ChargeId, Booked> booked = new LinkedHashMap<>();
  final Map<ChargeId, InDoubt> inDoubt = new LinkedHashMap<>();

  /** Charges that could not be booked, with what is held for them. */
  final Map<ChargeId, Map<AccountId, Long>> exceptions = new LinkedHashMap<>();

  /** Logs of which acknowledged records may be missing. */
  final Map<UUID, TakeOver.Loss> losses = new LinkedHashMap<>();

  /** What was freed of lost logs, and so may be spent twice. */
  final Map<AccountId, Long> atRisk = new LinkedHashMap<>();

  final Map<Debt, Long> owed = new LinkedHashMap<>();
  final Map<Asset, Long> revenue = new LinkedHashMap<>();
  final Map<Asset, Long> credited = new LinkedHashMap<>();
  final Map<Asset, Long> expired = new LinkedHashMap<>();

  /** Who owes in which asset. */
  record Debt(UserWallet.Owner owner, Asset asset) {}

  Database() {}

  Database copy() {
    Database copy = new Database();
    accounts.forEach((id, amounts) -> copy.accounts.put(id, amounts.copy()));
    leases.forEach((holder, rows) -> copy.leases.put(holder, new LinkedHashMap<>(rows)));
    copy.waiting.putAll(waiting);
    copy.logs.putAll(logs);
    copy.booked.putAll(booked);
    copy.inDoubt.putAll(inDoubt);
    copy.exceptions.putAll(exceptions);
    copy.losses.putAll(losses);
    copy.atRisk.putAll(atRisk);
    copy.owed.putAll(owed);
    copy.revenue.putAll(revenue);
    copy.credited.putAll(credited);
    copy.expired.putAll(expired);
    return copy;
  }

  Amounts account(AccountId id) {
    return accounts.computeIfAbsent(id, _ -> new Amounts(0, 0));
  }

  Map<AccountId, LeaseStanding> leases(HolderId holder) {
    return leases.computeIfAbsent(holder, _ -> new LinkedHashMap<>());
  }

  boolean owes(UserWallet.Owner owner) {
    return owed.keySet().stream().anyMatch(debt -> debt.owner().equals(owner));
  }

  /** A payment or grant: what is owed is paid first. */
  void credit(AccountId account, long units) {
    credited.merge(People.asset(account), units, Math::addExact);
    giveBack(account, units);
  }

  void repay(Debt debt, long units) {
    if (units > 0) {
      owed.merge(debt, -units, Math::addExact);
      owed.values().removeIf(left -> left == 0);
    }
  }

  /** What comes to an account pays first what is owed. */
  void giveBack(AccountId account, long units) {
    Debt debt = new Debt(People.owner(account), People.asset(account));
    long repaid = Math.min(units, owed.getOrDefault(debt, 0L));
    repay(debt, repaid);
    Amounts amounts = account(account);
    amounts.available = Math.addExact(amounts.available, units - repaid);
  }

  /** Takes what is available, up to so much. */
  long takeAvailable(AccountId account, long max) {
    Amounts amounts = account(account);
    long taken = Math.min(max, Math.max(0, amounts.available));
    amounts.available -= taken;
    return taken;
  }

  /** What is available of an expired grant goes; what comes back later goes then. */
  void expire(AccountId account) {
    long gone = takeAvailable(account, Long.MAX_VALUE);
    if (gone > 0) {
      expired.merge(People.asset(account), gone, Math::addExact);
    }
  }

  /** Everything there is of an asset, and what has become of the rest. */
  long sum(Asset asset) {
    long sum = revenue.getOrDefault(asset, 0L) + expired.getOrDefault(asset, 0L);
    for (Map.Entry<AccountId, Amounts> each : accounts.entrySet()) {
      if (People.asset(each.getKey()).equals(asset)) {
        sum += each.getValue().available + each.getValue().held;
      }
    }
    for (Map.Entry<Debt, Long> each : owed.entrySet()) {
      sum -= each.getKey().asset().equals(asset) ? each.getValue() : 0;
    }
    return sum;
  }

  /** What was given up of a user's accounts. */
  long atRisk(Debt debt) {
    long sum = 0;
    for (Map.Entry<AccountId, Long> each : atRisk.entrySet()) {
      boolean theirs =
          People.asset(each.getKey()).equals(debt.asset())
              && People.owner(each.getKey()).equals(debt.owner());
      sum += theirs ? each.getValue() : 0;
    }
    return sum;
  }

  /** What is held for charges that could not be booked. */
  long keptOf(AccountId account) {
    long sum = 0;
    for (Map<AccountId, Long> held : exceptions.values()) {
      sum += held.getOrDefault(account, 0L);
    }
    return sum;
  }

  /** Per account: everything that leases and intents in doubt hold. */
  Map<AccountId, Long> holdings() {
    Map<AccountId, Long> sums = new HashMap<>();
    leases
        .values()
        .forEach(
            rows ->
                rows.forEach(
                    (account, row) -> sums.merge(account, row.outstanding(), Math::addExact)));
    inDoubt
        .values()
        .forEach(
            doubt ->
                doubt
                    .held()
                    .forEach((account, units) -> sums.merge(account, units, Math::addExact)));
    exceptions
        .values()
        .forEach(
            held -> held.forEach((account, units) -> sums.merge(account, units, Math::addExact)));
    return sums;
  }
}
