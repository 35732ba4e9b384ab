package io.tollgate.billing.internal.charges;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargeReceipt;
import io.tollgate.billing.ChargesConfig;
import io.tollgate.billing.QuotaAnswer;
import io.tollgate.billing.QuotaCheck;
import io.tollgate.billing.ServiceCall;
import io.tollgate.billing.ServiceCharges;
import io.tollgate.billing.ServiceDeduct;
import io.tollgate.billing.ServiceRefund;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Hands calls to lanes, and waits for their answers. What only reads has lanes of its own: it does
 * not wait for what is written.
 */
public final class GatheredCharges implements ServiceCharges, AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Transactions transactions;
  private final Refunds refunds;
  private final List<ChargeLane> lanes = new ArrayList<>();
  private final List<ChargeLane> readingLanes = new ArrayList<>();
  private final Semaphore room;
  private final ChargeMeters meters;
  private final LongSupplier nanoTime;

  GatheredCharges(
      Transactions transactions,
      LaneWork work,
      LaneWork reading,
      Refunds refunds,
      ChargesConfig config,
      ChargeMeters meters,
      LongSupplier nanoTime) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.refunds = requireNonNull(refunds, "refunds is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.room = new Semaphore(config.waitingMax());
    for (int i = 0; i < config.lanes(); i++) {
      lanes.add(new ChargeLane("charges-" + i, work, config.batchMax(), config.gather(), nanoTime));
      readingLanes.add(
          new ChargeLane("checks-" + i, reading, config.batchMax(), config.gather(), nanoTime));
    }
    all().forEach(ChargeLane::start);
  }

  @Override
  public QuotaAnswer check(QuotaCheck check) {
    long start = nanoTime.getAsLong();
    try {
      QuotaAnswer answered =
          switch (answer(check)) {
            case CallAnswer.Checked(QuotaAnswer answer) -> answer;
            case CallAnswer.Charged _ -> throw new IllegalStateException("a check was charged");
          };
      meters.checked(check.service(), answered, nanoTime.getAsLong() - start);
      return answered;
    } catch (RuntimeException e) {
      meters.checkFailed(check.service(), e);
      throw e;
    }
  }

  @Override
  public ChargeReceipt deduct(ServiceDeduct deduct) {
    long start = nanoTime.getAsLong();
    ChargeReceipt charged =
        switch (answer(deduct)) {
          case CallAnswer.Charged(ChargeReceipt receipt) -> receipt;
          case CallAnswer.Checked _ -> throw new IllegalStateException("a deduct was checked");
        };
    meters.deducted(deduct.service(), charged, nanoTime.getAsLong() - start);
    return charged;
  }

  @Override
  public ChargeReceipt refund(ServiceRefund refund) {
    return transactions.write(transaction -> refunds.refund(transaction, refund)).receipt(false);
  }

  private CallAnswer answer(ServiceCall call) {
    if (!room.tryAcquire()) {
      throw new Refusal(
              ErrorCode.UNAVAILABLE, "too many charges wait to be written (expected: a later try)")
          .withRetryAfter(RETRY);
    }
    try {
      WaitingCall waiting = new WaitingCall(call);
      int lane = Math.floorMod(Objects.hash(call.tenant(), call.user()), lanes.size());
      (waiting.onlyReads() ? readingLanes : lanes).get(lane).add(waiting);
      return waiting.answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    } finally {
      room.release();
    }
  }

  @Override
  public void close() {
    all().forEach(ChargeLane::stop);
    all().forEach(ChargeLane::awaitStopped);
  }

  private Stream<ChargeLane> all() {
    return Stream.concat(lanes.stream(), readingLanes.stream());
  }
}
