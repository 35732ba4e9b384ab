package io.tollgate.metering.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.Entitlements;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.Passages;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Passages held and settled in the ledger directly, each step in one transaction on a thread of the
 * given executor.
 */
public final class LedgerPassages implements Passages {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Entitlements entitlements;
  private final PassageStore store;
  private final Settler settler;
  private final SettleRetry retry;
  private final Executor executor;
  private final Clock clock;
  private final UUID incarnation;
  private final int most;
  private final Semaphore places;

  LedgerPassages(
      MeteringConfig config,
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      PassageStore store,
      Settler settler,
      SettleRetry retry,
      Executor executor,
      Clock clock,
      UUID incarnation) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.entitlements = entitlements;
    this.store = store;
    this.settler = settler;
    this.retry = retry;
    this.executor = executor;
    this.clock = clock;
    this.incarnation = incarnation;
    this.most = config.mostPassages();
    this.places = new Semaphore(most);
  }

  /** Passages that are open. */
  int open() {
    return most - places.availablePermits();
  }

  @Override
  public CompletionStage<Passage> open(PassageRequest request) {
    if (!places.tryAcquire()) {
      return CompletableFuture.failedStage(
          new Refusal(ErrorCode.UNAVAILABLE, "too many requests are under way")
              .withRetryAfter(Duration.ofSeconds(1)));
    }
    CompletableFuture<Passage> opened = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            TokenUsage reserved = transactions.write(transaction -> reserve(transaction, request));
            opened.complete(
                new LedgerPassage(
                    request,
                    reserved,
                    transactions,
                    ledger,
                    store,
                    settler,
                    retry,
                    executor,
                    clock,
                    places::release));
          } catch (RuntimeException | Error e) {
            places.release();
            opened.completeExceptionally(e);
          }
        });
    return opened;
  }

  private TokenUsage reserve(Transaction transaction, PassageRequest request) {
    entitlements.ensure(transaction, request.tenant(), request.user(), request.openedAt());
    Means means =
        new Means(
            ledger.lockOfUser(transaction, request.tenant(), request.user()),
            request.quote().currency(),
            List.of(),
            clock.instant());
    if (means.owing()) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_MEANS,
              "an earlier request cost more than the balance and quota covered")
          .withDetails("Top up to pay what is owed, then try again.");
    }
    TokenUsage reserved = request.estimate();
    Split split = Split.estimate(means, request.quote(), reserved);
    if (!split.covered()) {
      reserved = request.least();
      split = Split.estimate(means, request.quote(), reserved);
    }
    if (!split.covered()) {
      throw new Refusal(
              ErrorCode.INSUFFICIENT_MEANS, "balance and quota do not cover the request's estimate")
          .withDetails("Top up, or lower max_tokens.");
    }
    store.insert(transaction, incarnation, request);
    if (!split.legs().isEmpty()) {
      ledger.hold(transaction, request.tenant(), request.charge().value(), "relay", split.legs());
    }
    return reserved;
  }

  /** What a larger reservation holds beyond a smaller one, per account; never less than nothing. */
  static List<Leg> beyond(List<Leg> larger, List<Leg> held) {
    Map<AccountId, Long> already = new HashMap<>();
    held.forEach(leg -> already.merge(leg.account(), leg.units(), Math::addExact));
    List<Leg> more = new ArrayList<>();
    for (Leg leg : larger) {
      long missing = leg.units() - already.getOrDefault(leg.account(), 0L);
      if (missing > 0) {
        more.add(new Leg(leg.account(), missing));
      }
    }
    return more;
  }
}
