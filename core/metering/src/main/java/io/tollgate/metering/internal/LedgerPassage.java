package io.tollgate.metering.internal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ChargeId;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.UsageRecord.Outcome;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A passage whose hold and charge are transactions on the ledger. */
final class LedgerPassage implements Passage {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerPassage.class);

  private final PassageRequest request;
  private final Transactions transactions;
  private final Ledger ledger;
  private final PassageStore store;
  private final Settler settler;
  private final SettleRetry retry;
  private final Executor executor;
  private final Clock clock;
  private final Runnable ended;
  private final AtomicBoolean settling = new AtomicBoolean();
  private final CompletableFuture<Charge> charge = new CompletableFuture<>();
  private volatile TokenUsage reserved;

  LedgerPassage(
      PassageRequest request,
      TokenUsage reserved,
      Transactions transactions,
      Ledger ledger,
      PassageStore store,
      Settler settler,
      SettleRetry retry,
      Executor executor,
      Clock clock,
      Runnable ended) {
    this.request = request;
    this.reserved = reserved;
    this.transactions = transactions;
    this.ledger = ledger;
    this.store = store;
    this.settler = settler;
    this.retry = retry;
    this.executor = executor;
    this.clock = clock;
    this.ended = ended;
  }

  @Override
  public ChargeId id() {
    return request.charge();
  }

  @Override
  public TokenUsage reserved() {
    return reserved;
  }

  @Override
  public CompletionStage<Boolean> extend(TokenUsage usage) {
    CompletableFuture<Boolean> extended = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            boolean covered = transactions.write(transaction -> extend(transaction, usage));
            if (covered) {
              reserved = usage;
            }
            extended.complete(covered);
          } catch (RuntimeException | Error e) {
            extended.completeExceptionally(e);
          }
        });
    return extended;
  }

  private boolean extend(Transaction transaction, TokenUsage usage) {
    var accounts = ledger.lockOfUser(transaction, request.tenant(), request.user());
    List<Leg> held = ledger.heldBy(transaction, request.tenant(), request.charge().value());
    Means means = new Means(accounts, request.quote().currency(), held, clock.instant());
    Split split = Split.estimate(means, request.quote(), usage);
    if (!split.covered()) {
      return false;
    }
    List<Leg> more = LedgerPassages.beyond(split.legs(), held);
    if (more.isEmpty()) {
      return true;
    }
    if (held.isEmpty()) {
      ledger.hold(transaction, request.tenant(), request.charge().value(), "relay", more);
    } else {
      ledger.extendHold(transaction, request.tenant(), request.charge().value(), more);
    }
    return true;
  }

  @Override
  public void progress(TokenUsage soFar) {
    executor.execute(
        () -> {
          try {
            transactions.write(
                transaction -> {
                  store.progress(transaction, request.charge(), soFar);
                  return true;
                });
          } catch (RuntimeException e) {
            // the next note says more than this one; the result will say it all
            LOG.atWarn()
                .setCause(e)
                .addKeyValue("request_id", request.charge())
                .log("progress of a stream was not noted");
          }
        });
  }

  @Override
  public CompletionStage<Charge> settle(PassageResult result) {
    if (settling.compareAndSet(false, true)) {
      retry.untilDone(
          () ->
              transactions.write(
                  transaction -> settler.settle(transaction, request, result, Outcome.SETTLED)),
          request.charge(),
          charge,
          ended);
    }
    return charge;
  }
}
