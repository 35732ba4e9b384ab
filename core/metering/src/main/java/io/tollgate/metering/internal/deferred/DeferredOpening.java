package io.tollgate.metering.internal.deferred;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimits;
import io.tollgate.metering.internal.database.bank.DebtPayments;
import io.tollgate.metering.internal.doubt.PassageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Holds what a request may cost, and writes the row that explains the hold, in one transaction.
 * Where the means do not do, what lies in leases is called back, and it is looked again for a
 * moment.
 */
final class DeferredOpening {
  /** What the ledger says its holds are for. */
  static final String PURPOSE = "deferred";

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final long PAUSE_MS = 40;

  private final Transactions transactions;
  private final Ledger ledger;
  private final Entitlements entitlements;
  private final SpendLimits limits;
  private final PassageStore store;
  private final DebtPayments debts;

  DeferredOpening(
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      SpendLimits limits,
      PassageStore store) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.entitlements = requireNonNull(entitlements, "entitlements is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.store = requireNonNull(store, "store is null");
    this.debts = new DebtPayments(transactions, ledger);
  }

  /** Why it was not opened; nothing where it was. */
  private record Short(Refusal why, boolean mayComeBack, boolean owing) {}

  void open(PassageRequest request, List<TokenUsage> parts) {
    parts.forEach(part -> requirePriced(request, part));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean paid = false;
    while (true) {
      Optional<Short> refused =
          transactions.write(transaction -> tryOpen(transaction, request, parts));
      if (refused.isEmpty()) {
        return;
      }
      Short why = refused.get();
      if (why.owing && !paid) {
        paid = true;
        debts.pay(request.tenant(), request.user(), request.openedAt());
        continue;
      }
      if (!why.mayComeBack || System.nanoTime() - deadline > 0) {
        throw why.why;
      }
      pause();
    }
  }

  private static void requirePriced(PassageRequest request, TokenUsage part) {
    Set<UsageKind> free = request.quote().withoutPrice(part);
    if (!free.isEmpty()) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          free.stream().map(UsageKind::code).collect(Collectors.joining(" and "))
              + ": has no price (expected: what the model has a price for)");
    }
  }

  private Optional<Short> tryOpen(
      Transaction transaction, PassageRequest request, List<TokenUsage> parts) {
    UserOfTenant owner = new UserOfTenant(request.tenant(), request.user());
    SequencedMap<UserOfTenant, Instant> users = new LinkedHashMap<>();
    users.put(owner, request.openedAt());
    entitlements.ensure(transaction, users);
    Asset currency = request.quote().currency();
    List<SpendLimit> counting =
        limits.under(transaction, users).getOrDefault(owner, List.of()).stream()
            .filter(limit -> limit.currency().equals(currency))
            .filter(limit -> limit.key().isEmpty() || limit.key().get().equals(request.apiKey()))
            .toList();
    List<Account> paying = ledger.ofUser(transaction, request.tenant(), request.user());
    Set<AccountId> ids = new LinkedHashSet<>();
    paying.forEach(account -> ids.add(account.id()));
    counting.forEach(limit -> ids.add(limit.account()));
    Map<AccountId, Account> locked = ledger.lock(transaction, ids);

    DeferredMeans means = new DeferredMeans(currency);
    for (Account seen : paying) {
      Account account = locked.get(seen.id());
      if (account != null) {
        means.pays(account, DeferredMeans.usable(account, 0, request.openedAt()));
      }
    }
    for (SpendLimit limit : counting) {
      Account account = locked.get(limit.account());
      if (account != null) {
        means.limits(account, account.available());
      }
    }
    if (means.owing()) {
      return Optional.of(new Short(owes(), false, true));
    }
    Map<AccountId, Long> held = new LinkedHashMap<>();
    long price = 0;
    long uncovered = 0;
    for (TokenUsage part : parts) {
      DeferredMeans.Split split = means.take(request.quote(), part, true);
      split.quota().forEach(leg -> held.merge(leg.account(), leg.units(), Math::addExact));
      split.money().forEach(leg -> held.merge(leg.account(), leg.units(), Math::addExact));
      price = Math.addExact(price, split.price());
      uncovered = Math.addExact(uncovered, split.uncovered());
    }
    Optional<AccountId> exceeded = means.exceeded(price);
    if (uncovered > 0 || exceeded.isPresent()) {
      // other processes and this one hold slices that nobody may be using
      var _ = DebtPayments.recall(transaction, ids);
      boolean leased = locked.values().stream().anyMatch(account -> account.held() > 0);
      return Optional.of(new Short(uncovered > 0 ? tooLittle() : limited(), leased, false));
    }
    means.count(price).forEach(leg -> held.put(leg.account(), leg.units()));
    List<Leg> legs = new ArrayList<>();
    held.forEach((account, units) -> legs.add(new Leg(account, units)));
    ledger.hold(transaction, request.tenant(), request.charge().value(), PURPOSE, legs);
    store.defer(
        transaction, request, counting.stream().map(limit -> limit.account().value()).toList());
    return Optional.empty();
  }

  private static Refusal owes() {
    return new Refusal(
            ErrorCode.INSUFFICIENT_MEANS,
            "an earlier request cost more than the balance and quota covered")
        .withDetails("Top up to pay what is owed, then try again.");
  }

  private static Refusal tooLittle() {
    return new Refusal(
            ErrorCode.INSUFFICIENT_MEANS, "balance and quota do not cover the request's estimate")
        .withDetails("Top up, or lower max_tokens.");
  }

  private static Refusal limited() {
    return new Refusal(
            ErrorCode.INSUFFICIENT_MEANS, "a spend limit does not cover the request's estimate")
        .withDetails("Raise the limit, wait for its next window, or lower max_tokens.");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(ErrorCode.UNAVAILABLE, "the request could not be reserved for in time", e);
    }
  }
}
