package io.tollgate.metering.internal.database.books;

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
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.BookedUsage;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.internal.database.books.ChargeCorrections.Decided;
import io.tollgate.metering.internal.database.books.ChargePlan.Payer;
import io.tollgate.metering.internal.database.books.ChargePlan.Shortfall;
import io.tollgate.metering.internal.database.books.ChargePlan.TenantCharges;
import io.tollgate.metering.internal.database.tables.LeaseTable;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettledCharge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
public final class ChargeBooking {
  private static final String OPEN_PASSAGES =
      "DELETE FROM metering.passage WHERE charge_id = ANY (?::uuid[]) RETURNING charge_id,"
          + " tenant_id";

  /**
   * Each account's charges stay in the order of the log. Entries that lie beside one another in the
   * indexes cost less than scattered ones.
   */
  private static final Comparator<ChargeLeg> BY_ACCOUNT =
      Comparator.comparingLong(debit -> debit.account().value());

  private final Ledger ledger;
  private final ChargeCorrections corrections;
  private final BookingListeners listeners;
  private final Map<AccountKey, AccountId> counters = new ConcurrentHashMap<>();

  /**
   * @param listeners hear of it after the commit
   */
  public ChargeBooking(Ledger ledger, BookingListeners listeners) {
    this.ledger = ledger;
    this.listeners = listeners;
    this.corrections = new ChargeCorrections(ledger);
  }

  /**
   * Charges that are to be booked.
   *
   * @param superseded what some of them had been charged by a decision, for want of a result
   */
  public record Unbooked(List<SettledCharge> charges, List<Decided> superseded) {
    static Unbooked fresh(List<SettledCharge> charges) {
      return new Unbooked(charges, List.of());
    }
  }

  /**
   * Leaves out what has a usage record of its result. What is in doubt, and now has its result, is
   * so no longer; the record of what was decided on goes, for {@link #book} to make it right.
   */
  public Unbooked unbooked(Transaction transaction, List<SettledCharge> charges, Instant now) {
    if (charges.isEmpty()) {
      return Unbooked.fresh(charges);
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
    UsageRows.Known known =
        transaction.sql().connectionResult(c -> UsageRows.known(c, ids, from, to));
    List<SettledCharge> unbooked =
        charges.stream()
            .filter(
                charge ->
                    !known.all().contains(charge.intent().charge())
                        || known.decided().contains(charge.intent().charge()))
            .toList();
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
    return new Unbooked(
        unbooked, corrections.supersede(transaction, known.decided(), from, to, now));
  }

  /** Books the charges; at least one. */
  public void book(
      Transaction transaction,
      BookingOccasion occasion,
      Unbooked unbooked,
      LogState state,
      CurrencyLookup currencies,
      Instant now) {
    List<SettledCharge> charges = unbooked.charges();
    HolderId holder = new HolderId(occasion.log());
    Map<Payer, AccountId> balances = balances(transaction, charges, currencies);
    Set<AccountId> accounts = new LinkedHashSet<>(balances.values());
    charges.forEach(each -> each.result().legs().forEach(leg -> accounts.add(leg.account())));
    LockedMeans locked = lock(transaction, accounts, unbooked.superseded(), now);
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
              charge(transaction, locked, occasion, id, taken, plan.releases(id), now)
                  .ifPresent(transfer -> transfers.put(id, transfer));
              transaction.publish(occasion.event(id, taken.charges));
            });
    UsageStatistics statistics = new UsageStatistics();
    AccountCosts costs = new AccountCosts();
    for (Decided decided : unbooked.superseded()) {
      statistics.remove(decided.counted());
      costs.remove(decided.counted());
    }
    for (BookedCharge booked : plan.booked()) {
      UsageStatistics.Counted counted = counted(booked);
      statistics.add(counted);
      costs.add(counted);
    }
    listeners
        .events()
        .booking(transaction, plan.booked().stream().map(BookedCharge::request).toList(), now);
    transaction
        .sql()
        .connection(
            connection -> {
              LeaseTable.settle(connection, holder, leases(plan, holder, state));
              UsageRows.write(
                  connection, occasion, plan.booked(), one -> transfer(one, transfers), now);
              statistics.write(connection);
              List<BookedUsage> used = statistics.used();
              transaction.afterCommit(() -> listeners.usage().booked(used));
              // last, as everybody's charges of an account share its row
              List<AccountCost> changed = costs.write(connection);
              if (!changed.isEmpty()) {
                transaction.afterCommit(() -> listeners.costs().changed(changed));
              }
            });
  }

  /** What was charged before is given back first: what is available then pays. */
  private LockedMeans lock(
      Transaction transaction, Set<AccountId> accounts, List<Decided> superseded, Instant now) {
    Set<AccountId> all = new LinkedHashSet<>(accounts);
    all.addAll(ChargeCorrections.accounts(superseded));
    LockedMeans locked = ledger.lockMeans(transaction, all);
    if (superseded.isEmpty()) {
      return locked;
    }
    corrections.giveBack(transaction, superseded, now);
    listeners.events().givingBack(transaction, superseded.stream().map(Decided::request).toList());
    return ledger.lockMeans(transaction, all);
  }

  /** Nobody gets leases of a log that is forked or has ended; what it has left is used up. */
  private static List<LeaseStanding> leases(ChargePlan plan, HolderId holder, LogState state) {
    return state.keepsLeases() ? plan.leases(holder, state.givesLeases()) : List.of();
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
      BookingOccasion occasion,
      TenantId tenant,
      TenantCharges taken,
      List<Leg> releases,
      Instant now) {
    List<ChargeLeg> debits = new ArrayList<>(taken.debits);
    debits.sort(BY_ACCOUNT);
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
        (asset, units) ->
            credits.add(
                new Leg(
                    counter(transaction, AccountKey.ofTenant(tenant, AccountKind.REVENUE, asset)),
                    units)));
    taken.allowed.forEach(
        (asset, units) ->
            credits.add(
                new Leg(
                    counter(transaction, AccountKey.world(tenant, AccountKind.WORLD_LIMITS, asset)),
                    units)));
    String key = occasion.key(tenant);
    return Optional.of(
        ledger
            .charge(
                transaction,
                locked,
                new ChargeBatch(
                    ChargeCorrections.CHARGE,
                    tenant,
                    occasion.operation(),
                    key,
                    RequestHash.of(key, occasion.content()),
                    occasion.log().toString(),
                    now,
                    debits,
                    credits,
                    releases))
            .transfer());
  }

  /** Forgets the accounts it knows: a database that was put back may not have them. */
  void forget() {
    counters.clear();
  }

  /** Where what is taken goes. */
  private AccountId counter(Transaction transaction, AccountKey key) {
    AccountId known = counters.get(key);
    if (known != null) {
      return known;
    }
    AccountId account = ledger.open(transaction, key, AccountTerms.PLAIN);
    transaction.afterCommit(() -> counters.put(key, account));
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

  static UsageStatistics.Counted counted(BookedCharge booked) {
    var intent = booked.charge().intent();
    var result = booked.charge().result();
    return new UsageStatistics.Counted(
        intent.at(),
        intent.tenant().value(),
        intent.user().value(),
        intent.apiKey().value(),
        intent.protocol(),
        intent.model(),
        result.upstreamAccount().orElse(0),
        booked.currency().code(),
        result.httpStatus(),
        result.usage(),
        booked.quotaTokens(),
        booked.paid(),
        booked.owed(),
        booked.upstreamCost());
  }
}
