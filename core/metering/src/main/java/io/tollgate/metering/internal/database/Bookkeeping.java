package io.tollgate.metering.internal.database;

import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.ChargeLeg;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.RequestHash;
import io.tollgate.metering.internal.database.ChargePlan.Payer;
import io.tollgate.metering.internal.database.ChargePlan.Shortfall;
import io.tollgate.metering.internal.database.ChargePlan.TenantCharges;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Books charges of a log within a transaction that has moved the log's position. */
final class Bookkeeping {
  /** Namespace of the idempotency keys of settled batches. */
  static final String OPERATION = "relay.settlement";

  private static final String OPEN_PASSAGES =
      "DELETE FROM metering.passage WHERE charge_id = ANY (?::uuid[]) RETURNING charge_id,"
          + " tenant_id";

  private final Ledger ledger;
  private final Map<AccountKey, AccountId> revenues = new ConcurrentHashMap<>();

  Bookkeeping(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Leaves out what has a usage record; what is in doubt, and now has its result, is so no longer.
   */
  List<SettledCharge> unbooked(Transaction transaction, List<SettledCharge> charges) {
    if (charges.isEmpty()) {
      return charges;
    }
    List<ChargeId> ids = charges.stream().map(charge -> charge.intent().charge()).toList();
    Instant first = charges.getFirst().intent().at();
    Instant last = first;
    for (SettledCharge charge : charges) {
      Instant at = charge.intent().at();
      first = at.isBefore(first) ? at : first;
      last = at.isAfter(last) ? at : last;
    }
    Instant from = first;
    Instant to = last;
    Set<ChargeId> known =
        transaction.sql().connectionResult(c -> UsageRows.known(c, ids, from, to));
    List<SettledCharge> unbooked =
        charges.stream().filter(charge -> !known.contains(charge.intent().charge())).toList();
    UUID[] unbookedIds =
        unbooked.stream().map(charge -> charge.intent().charge().value()).toArray(UUID[]::new);
    transaction
        .sql()
        .fetch(OPEN_PASSAGES, (Object) unbookedIds)
        .forEach(
            row ->
                ledger.release(
                    transaction,
                    new TenantId(row.get("tenant_id", long.class)),
                    row.get("charge_id", UUID.class)));
    return unbooked;
  }

  /** Books the charges; at least one. */
  void book(
      Transaction transaction,
      SettlementBatch batch,
      List<SettledCharge> charges,
      LogState state,
      Function<String, Asset> currencies,
      Instant now) {
    HolderId holder = new HolderId(batch.log());
    Map<Payer, AccountId> balances = balances(transaction, charges, currencies);
    Set<AccountId> accounts = new LinkedHashSet<>(balances.values());
    charges.forEach(each -> each.result().legs().forEach(leg -> accounts.add(leg.account())));
    LockedMeans locked = ledger.lockMeans(transaction, accounts);
    List<LeaseStanding> leases =
        accounts.isEmpty()
            ? List.of()
            : transaction.sql().connectionResult(c -> LeaseTable.of(c, holder, accounts));
    ChargePlan plan = new ChargePlan(locked.accounts(), leases, balances, currencies);
    charges.forEach(plan::add);

    Map<TenantId, UUID> transfers = new HashMap<>();
    new TreeMap<>(byNumber(plan.tenants()))
        .forEach(
            (tenant, taken) -> {
              TenantId id = new TenantId(tenant);
              charge(transaction, locked, batch, id, taken, plan.releases(id), now)
                  .ifPresent(transfer -> transfers.put(id, transfer));
              transaction.publish(event(batch, id, taken));
            });
    UsageStatistics statistics = new UsageStatistics();
    plan.booked().forEach(booked -> statistics.add(counted(booked)));
    transaction
        .sql()
        .connection(
            connection -> {
              if (state != LogState.LOST) {
                LeaseTable.settle(connection, holder, plan.leases(holder));
              }
              UsageRows.write(
                  connection, batch.log(), plan.booked(), one -> transfer(one, transfers), now);
              statistics.write(connection);
            });
  }

  private static Map<Long, TenantCharges> byNumber(Map<TenantId, TenantCharges> tenants) {
    Map<Long, TenantCharges> byNumber = new HashMap<>();
    tenants.forEach((tenant, charges) -> byNumber.put(tenant.value(), charges));
    return byNumber;
  }

  private Map<Payer, AccountId> balances(
      Transaction transaction, List<SettledCharge> charges, Function<String, Asset> currencies) {
    Map<Payer, AccountId> balances = new HashMap<>();
    Set<Payer> asked = new LinkedHashSet<>();
    for (SettledCharge charge : charges) {
      if (charge.result().uncovered() > 0) {
        Asset currency = currencies.apply(charge.intent().priceVersion());
        asked.add(new Payer(charge.intent().tenant(), charge.intent().user(), currency));
      }
    }
    for (Payer payer : asked) {
      ledger
          .find(transaction, userKey(payer, AccountKind.BALANCE))
          .ifPresent(account -> balances.put(payer, account.id()));
    }
    return balances;
  }

  private Optional<UUID> charge(
      Transaction transaction,
      LockedMeans locked,
      SettlementBatch batch,
      TenantId tenant,
      TenantCharges taken,
      List<Leg> releases,
      Instant now) {
    List<ChargeLeg> debits = new ArrayList<>(taken.debits);
    for (Shortfall shortfall : taken.shortfalls) {
      AccountKey key = userKey(shortfall.payer(), AccountKind.OWED);
      AccountId owed = ledger.open(transaction, key, AccountTerms.PLAIN);
      debits.add(new ChargeLeg(shortfall.charge(), owed, shortfall.units()));
    }
    if (debits.isEmpty()) {
      return Optional.empty();
    }
    List<Leg> credits = new ArrayList<>();
    taken.earned.forEach(
        (asset, units) -> credits.add(new Leg(revenue(transaction, tenant, asset), units)));
    String key = batch.log() + ":" + tenant + ":" + (batch.from().sequence() + 1);
    return Optional.of(
        ledger
            .charge(
                transaction,
                locked,
                new ChargeBatch(
                    tenant,
                    OPERATION,
                    key,
                    RequestHash.of(key, batch.from().toString(), batch.to().toString()),
                    batch.log().toString(),
                    now,
                    debits,
                    credits,
                    releases))
            .transfer());
  }

  /** Forgets the accounts it knows: a database that was put back may not have them. */
  void forget() {
    revenues.clear();
  }

  private AccountId revenue(Transaction transaction, TenantId tenant, Asset asset) {
    AccountKey key = AccountKey.ofTenant(tenant, AccountKind.REVENUE, asset);
    AccountId known = revenues.get(key);
    if (known != null) {
      return known;
    }
    AccountId account = ledger.open(transaction, key, AccountTerms.PLAIN);
    transaction.afterCommit(() -> revenues.put(key, account));
    return account;
  }

  private static AccountKey userKey(Payer payer, AccountKind kind) {
    return AccountKey.ofUser(payer.tenant(), payer.user(), kind, payer.asset());
  }

  private static Optional<UUID> transfer(BookedCharge one, Map<TenantId, UUID> transfers) {
    boolean costs = one.quotaTokens() > 0 || one.paid() > 0 || one.owed() > 0;
    return costs
        ? Optional.ofNullable(transfers.get(one.charge().intent().tenant()))
        : Optional.empty();
  }

  private static OutboxEvent event(SettlementBatch batch, TenantId tenant, TenantCharges taken) {
    return new OutboxEvent(
        tenant,
        "metering." + tenant,
        "metering.settled",
        "{\"log\":\"%s\",\"from\":%d,\"to\":%d,\"charges\":%d}"
            .formatted(batch.log(), batch.from().sequence(), batch.to().sequence(), taken.charges));
  }

  private static UsageStatistics.Counted counted(BookedCharge booked) {
    var intent = booked.charge().intent();
    var result = booked.charge().result();
    return new UsageStatistics.Counted(
        intent.at(),
        intent.tenant().value(),
        intent.user().value(),
        intent.apiKey().value(),
        intent.platform(),
        intent.model(),
        result.upstreamAccount().orElse(0),
        booked.currency().code(),
        result.httpStatus(),
        result.usage(),
        booked.quotaTokens(),
        booked.paid(),
        booked.owed());
  }
}
