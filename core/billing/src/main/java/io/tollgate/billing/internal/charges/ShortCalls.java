package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.internal.limits.OpenLimits;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.Metering;
import io.tollgate.metering.SpendLimit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Looks for means of calls that are short of them, before they are refused: reservations that have
 * lapsed are ended, and what gateways hold in leases is called back, for which a call waits a
 * moment.
 */
final class ShortCalls {
  /** How long it waits before it is tried again. */
  static final Duration PAUSE = Duration.ofMillis(15);

  private static final Duration RECALL_MAX = Duration.ofMillis(400);

  private final Transactions transactions;
  private final Ledger ledger;
  private final OpenLimits limits;
  private final LapsedReservations lapsed;
  private final InstantSource clock;
  private final LongSupplier nanoTime;

  ShortCalls(
      Transactions transactions,
      Ledger ledger,
      OpenLimits limits,
      LapsedReservations lapsed,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.lapsed = requireNonNull(lapsed, "lapsed is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /** Those that may get means yet; the others are refused. */
  List<WaitingCall> tryAgain(Map<ReadyCall, CallDecision.Short> calls) {
    Set<UserOfTenant> users = new LinkedHashSet<>();
    calls.keySet().forEach(each -> users.add(each.user()));
    Set<UserOfTenant> hopeful =
        transactions.write(
            transaction -> {
              Set<UserOfTenant> freed = lapsed.end(transaction, clock.instant(), users);
              Set<UserOfTenant> found = new HashSet<>(freed);
              found.addAll(recall(transaction, users));
              return found;
            });
    long now = nanoTime.getAsLong();
    List<WaitingCall> again = new ArrayList<>();
    for (ReadyCall each : calls.keySet()) {
      WaitingCall waiting = each.waiting();
      if (waiting.shortUntilNanos.isEmpty()) {
        waiting.shortUntilNanos = OptionalLong.of(now + RECALL_MAX.toNanos());
      }
      boolean late = now - waiting.shortUntilNanos.getAsLong() >= 0;
      if (hopeful.contains(each.user()) && !late) {
        again.add(waiting);
      } else {
        refuse(waiting, requireNonNull(calls.get(each), "it is among the keys").limit());
      }
    }
    return again;
  }

  /** Users of whom gateways hold something. */
  private Set<UserOfTenant> recall(Transaction transaction, Set<UserOfTenant> users) {
    Map<UserOfTenant, List<Account>> accounts = ledger.ofUsers(transaction, users);
    Set<AccountId> held = new LinkedHashSet<>();
    accounts
        .values()
        .forEach(
            some ->
                some.stream()
                    .filter(account -> account.held() > 0)
                    .forEach(account -> held.add(account.id())));
    Map<UserOfTenant, List<SpendLimit>> limited =
        limits.read(transaction, users, clock.instant()).open();
    limited.values().forEach(some -> some.forEach(limit -> held.add(limit.account())));
    Set<AccountId> leased = Metering.recallLeases(transaction, held);
    Set<UserOfTenant> hopeful = new HashSet<>();
    accounts.forEach(
        (user, some) -> {
          if (some.stream().anyMatch(account -> leased.contains(account.id()))) {
            hopeful.add(user);
          }
        });
    limited.forEach(
        (user, some) -> {
          if (some.stream().anyMatch(limit -> leased.contains(limit.account()))) {
            hopeful.add(user);
          }
        });
    return hopeful;
  }

  private static void refuse(WaitingCall waiting, Optional<SpendLimit.Scope> limit) {
    switch (waiting.call) {
      case QuotaCheck _ ->
          waiting.answer.complete(
              new CallAnswer.Checked(
                  limit.isPresent() ? QuotaAnswer.LIMITED : QuotaAnswer.INSUFFICIENT));
      case ServiceDeduct deduct ->
          waiting.answer.completeExceptionally(
              limit.map(scope -> limited(deduct, scope)).orElseGet(() -> insufficient(deduct)));
    }
  }

  private static Refusal insufficient(ServiceDeduct deduct) {
    return new Refusal(
            ErrorCode.INSUFFICIENT_MEANS,
            QuotaAnswer.INSUFFICIENT.reason() + ": quota and money do not cover " + named(deduct))
        .withDetails("Top up, or wait for the next month's free quota.");
  }

  private static Refusal limited(ServiceDeduct deduct, SpendLimit.Scope scope) {
    return new Refusal(
            ErrorCode.INSUFFICIENT_MEANS,
            QuotaAnswer.LIMITED.reason()
                + ": what the "
                + scope.code()
                + " may still spend does not cover "
                + named(deduct))
        .withDetails("Wait for the limit's next day or month, or have it raised.");
  }

  private static String named(ServiceDeduct deduct) {
    return deduct.count() + " of " + deduct.service();
  }
}
