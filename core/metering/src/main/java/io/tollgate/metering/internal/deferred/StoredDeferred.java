package io.tollgate.metering.internal.deferred;

import static io.tollgate.schema.metering.Tables.PASSAGE;
import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.ChargeBatch;
import io.tollgate.ledger.ChargeLeg;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.RequestHash;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.Charge;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.SpendLimits;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.database.books.LoglessUsage;
import io.tollgate.metering.internal.doubt.DoubtRecovery;
import io.tollgate.metering.internal.doubt.PassageStore;
import io.tollgate.schema.metering.tables.records.PassageRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Deferred charges as holds of the ledger and rows of passages that belong to no process. */
public final class StoredDeferred implements DeferredCharges {
  /** Namespace of the idempotency keys: the id under which it was opened. */
  private static final String OPERATION = "relay.deferred";

  private static final String KIND = "relay_charge";

  private final Ledger ledger;
  private final QuoteBook quotes;
  private final Clock clock;
  private final CrashPoints crashPoints;
  private final PassageStore store;
  private final DoubtRecovery doubts;
  private final DeferredOpening opening;
  private final LoglessUsage usage;

  /**
   * @param doubts decides on what nobody will tell the end of
   */
  public StoredDeferred(
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      SpendLimits limits,
      QuoteBook quotes,
      BookingListeners listeners,
      PassageStore store,
      DoubtRecovery doubts,
      CrashPoints crashPoints,
      Clock clock) {
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.quotes = requireNonNull(quotes, "quotes is null");
    this.store = requireNonNull(store, "store is null");
    this.doubts = requireNonNull(doubts, "doubts is null");
    this.crashPoints = requireNonNull(crashPoints, "crashPoints is null");
    this.clock = requireNonNull(clock, "clock is null");
    opening = new DeferredOpening(transactions, ledger, entitlements, limits, store);
    usage = new LoglessUsage(quotes, listeners);
  }

  @Override
  public void open(PassageRequest request, List<TokenUsage> parts) {
    opening.open(request, parts);
    crashPoints.reach(CrashPoint.DEFERRED_HELD);
  }

  @Override
  public Optional<PassageRequest> lock(Transaction transaction, ChargeId charge) {
    return row(transaction, charge).map(row -> store.request(row, quotes));
  }

  private static Optional<PassageRecord> row(Transaction transaction, ChargeId charge) {
    return transaction
        .sql()
        .selectFrom(PASSAGE)
        .where(PASSAGE.CHARGE_ID.eq(charge.value()))
        .and(PASSAGE.INCARNATION.isNull())
        .forUpdate()
        .fetchOptional();
  }

  @Override
  public Optional<List<Charge>> settle(Transaction transaction, ChargeId charge, List<Item> items) {
    return settle(transaction, charge, items, clock.instant());
  }

  @Override
  public Optional<List<Charge>> settle(
      Transaction transaction, ChargeId charge, List<Item> items, Instant effectiveAt) {
    // whoever settles the same at the same time waits here, and then finds it ended
    Optional<PassageRecord> found = row(transaction, charge);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    PassageRequest request = store.request(found.get(), quotes);
    List<AccountId> limits = limits(found.get());
    boolean _ = store.close(transaction, charge);
    Instant now = clock.instant();
    TenantId tenant = request.tenant();
    List<Leg> hold = ledger.heldBy(transaction, tenant, charge.value());
    List<Account> paying = ledger.ofUser(transaction, tenant, request.user());
    Set<AccountId> ids = new LinkedHashSet<>();
    hold.forEach(leg -> ids.add(leg.account()));
    paying.forEach(account -> ids.add(account.id()));
    ids.addAll(limits);
    // all at once, in the ledger's order; what is lifted is there to pay with
    var _ = ledger.lock(transaction, ids);
    ledger.release(transaction, tenant, charge.value());
    LockedMeans locked = ledger.lockMeans(transaction, ids);
    DeferredMeans means = means(request, paying, hold, limits, locked, now);

    List<LoglessUsage.Posted> posted = new ArrayList<>(items.size());
    List<ChargeLeg> debits = new ArrayList<>();
    Map<AccountKey, Long> earned = new LinkedHashMap<>();
    Asset currency = request.quote().currency();
    for (Item item : items) {
      var price = item.result().quote(request);
      DeferredMeans.Split split = means.take(price, item.result().usage(), false);
      post(item.charge(), split.quota(), debits);
      post(item.charge(), split.money(), debits);
      add(
          earned,
          AccountKey.ofTenant(tenant, AccountKind.REVENUE, Asset.TOKEN),
          split.quotaTokens());
      add(earned, AccountKey.ofTenant(tenant, AccountKind.REVENUE, currency), split.price());
      if (split.uncovered() > 0) {
        AccountKey owed = AccountKey.ofUser(tenant, request.user(), AccountKind.OWED, currency);
        AccountId account = ledger.open(transaction, owed, AccountTerms.PLAIN);
        debits.add(new ChargeLeg(item.charge(), account, split.uncovered()));
      }
      List<Leg> counted = means.count(split.price());
      post(item.charge(), counted, debits);
      add(
          earned,
          AccountKey.world(tenant, AccountKind.WORLD_LIMITS, Asset.allowance(currency)),
          DeferredMeans.units(counted));
      posted.add(
          new LoglessUsage.Posted(
              item.charge(),
              item.clientRequestId(),
              item.result(),
              split.price(),
              split.quotaTokens(),
              split.paid(),
              split.uncovered()));
    }
    Optional<UUID> transfer = charge(transaction, request, locked, debits, earned, effectiveAt);
    usage.write(transaction, request, posted, transfer, now);
    crashPoints.reach(CrashPoint.DEFERRED_SETTLING);
    transaction.afterCommit(() -> crashPoints.reach(CrashPoint.DEFERRED_SETTLED));
    return Optional.of(
        posted.stream()
            .map(each -> new Charge(each.charge(), each.quotaTokens(), each.paid(), each.owed()))
            .toList());
  }

  /** What has expired since pays first, with what was held of it; then the rest in order. */
  private static DeferredMeans means(
      PassageRequest request,
      List<Account> paying,
      List<Leg> hold,
      List<AccountId> limits,
      LockedMeans locked,
      Instant now) {
    Map<AccountId, Long> held = new HashMap<>();
    hold.forEach(leg -> held.merge(leg.account(), leg.units(), Math::addExact));
    Set<AccountId> order = new LinkedHashSet<>();
    Set<AccountId> live = new LinkedHashSet<>();
    paying.forEach(account -> live.add(account.id()));
    hold.stream().map(Leg::account).filter(id -> !live.contains(id)).forEach(order::add);
    order.addAll(live);
    Asset allowance = Asset.allowance(request.quote().currency());
    DeferredMeans means = new DeferredMeans(request.quote().currency());
    for (AccountId id : order) {
      Account account = locked.accounts().get(id);
      if (account != null && account.key().kind() != AccountKind.LIMIT) {
        means.pays(account, DeferredMeans.usable(account, held.getOrDefault(id, 0L), now));
      }
    }
    for (AccountId id : limits) {
      Account account = locked.accounts().get(id);
      if (account != null
          && account.key().kind() == AccountKind.LIMIT
          && account.key().asset().equals(allowance)) {
        means.limits(account, DeferredMeans.usable(account, held.getOrDefault(id, 0L), now));
      }
    }
    return means;
  }

  private Optional<UUID> charge(
      Transaction transaction,
      PassageRequest request,
      LockedMeans locked,
      List<ChargeLeg> debits,
      Map<AccountKey, Long> earned,
      Instant effectiveAt) {
    if (debits.isEmpty()) {
      return Optional.empty();
    }
    List<Leg> credits = new ArrayList<>();
    earned.forEach(
        (key, units) ->
            credits.add(new Leg(ledger.open(transaction, key, AccountTerms.PLAIN), units)));
    String id = request.charge().toString();
    return Optional.of(
        ledger
            .charge(
                transaction,
                locked,
                new ChargeBatch(
                    KIND,
                    request.tenant(),
                    OPERATION,
                    id,
                    RequestHash.of(OPERATION, id),
                    id,
                    effectiveAt,
                    debits,
                    credits,
                    List.of()))
            .transfer());
  }

  private static void post(ChargeId charge, List<Leg> legs, List<ChargeLeg> debits) {
    legs.forEach(leg -> debits.add(new ChargeLeg(charge, leg.account(), leg.units())));
  }

  private static void add(Map<AccountKey, Long> sums, AccountKey key, long units) {
    if (units > 0) {
      sums.merge(key, units, Math::addExact);
    }
  }

  private static List<AccountId> limits(PassageRecord row) {
    Long[] limits = row.getLimits();
    return limits == null ? List.of() : Arrays.stream(limits).map(AccountId::new).toList();
  }

  @Override
  public boolean giveUp(Transaction transaction, ChargeId charge) {
    Optional<PassageRecord> found = row(transaction, charge);
    found.ifPresent(row -> doubts.decide(transaction, row));
    return found.isPresent();
  }

  @Override
  public List<PassageRequest> openedBefore(Transaction transaction, Instant before, int limit) {
    return transaction
        .sql()
        .selectFrom(PASSAGE)
        .where(PASSAGE.INCARNATION.isNull())
        .and(PASSAGE.OPENED_AT.lt(before))
        .and(PASSAGE.IN_DOUBT_SINCE.isNull())
        .orderBy(PASSAGE.OPENED_AT)
        .limit(limit)
        .fetch(row -> store.request(row, quotes));
  }
}
