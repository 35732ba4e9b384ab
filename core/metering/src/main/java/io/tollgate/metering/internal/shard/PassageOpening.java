package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogStopped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Opens one passage: wallet, reservation, intent. Before it is refused for want of means the wallet
 * is read once more, so that what was given a moment ago counts. Confined to the loop.
 */
final class PassageOpening
    implements WalletCache.Listener, UsageReservation.Outcome, PassageJournal.Acknowledgement {
  private static final long CALLED_BACK_NANOS = 150_000_000L;

  private final PassageShard shard;
  private final PassageRequest request;
  private final @Nullable CompletableFuture<PassageRequest> covered;
  private final UserWallet.Owner owner;
  private final ReservedFunds quota;
  private final ReservedFunds money;
  private final CompletableFuture<Passage> outcome = new CompletableFuture<>();
  private PassageAccounts accounts = PassageAccounts.NONE;
  private TokenUsage wanted;
  private boolean readAnew;

  /**
   * @param covered where it is only to be seen whether the means would do: completed instead of the
   *     outcome, with nothing reserved and nothing let in
   */
  PassageOpening(
      PassageShard shard,
      PassageRequest request,
      @Nullable CompletableFuture<PassageRequest> covered) {
    this.shard = shard;
    this.request = request;
    this.covered = covered;
    this.owner = new UserWallet.Owner(request.tenant(), request.user());
    this.quota = new ReservedFunds(shard.holder());
    this.money = new ReservedFunds(shard.holder());
    this.wanted = request.estimate();
  }

  CompletionStage<Passage> outcome() {
    return outcome;
  }

  void start() {
    shard.wallets().find(owner, request.openedAt(), shard.now(), this);
  }

  @Override
  public void wallet(UserWallet wallet) {
    if (wallet.owing()) {
      // money that lies in leases was called back, and pays
      readAnewOr(
          CALLED_BACK_NANOS,
          new Refusal(
                  ErrorCode.INSUFFICIENT_MEANS,
                  "an earlier request cost more than the balance and quota covered")
              .withDetails("Top up to pay what is owed, then try again."));
      return;
    }
    accounts = PassageAccounts.of(wallet, request);
    wanted = request.estimate();
    reserve();
  }

  @Override
  public void failed(RuntimeException why) {
    refuse(
        why instanceof Refusal refusal
            ? refusal
            : new Refusal(ErrorCode.UNAVAILABLE, "the user's accounts could not be read", why));
  }

  private void reserve() {
    new UsageReservation(shard, owner, accounts, request.quote(), wanted, quota, money, this)
        .start();
  }

  @Override
  public void refused(Cause cause) {
    switch (cause) {
      case CLOSED -> refuse(PassageShard.unavailable("this gateway lets nothing through any more"));
      case NO_ANSWER -> refuse(PassageShard.unavailable("the database does not answer"));
      case NO_MEANS, NOT_IN_TIME ->
          lessOr(
              new Refusal(
                      ErrorCode.INSUFFICIENT_MEANS,
                      "balance and quota do not cover the request's estimate")
                  .withDetails("Top up, or lower max_tokens."));
      case OVER_LIMIT ->
          lessOr(
              new Refusal(
                      ErrorCode.INSUFFICIENT_MEANS,
                      accounts.limitsInWords() + " does not cover the request's estimate")
                  .withDetails("Raise the limit, wait for its next window, or lower max_tokens."));
    }
  }

  /** Tries with the least that will do, then with what the database knows, then refuses. */
  private void lessOr(Refusal refusal) {
    if (!wanted.equals(request.least())) {
      wanted = request.least();
      reserve();
      return;
    }
    readAnewOr(0, refusal);
  }

  @Override
  public void reserved() {
    CompletableFuture<PassageRequest> check = covered;
    if (check != null) {
      release();
      shard.ended();
      check.complete(request);
      return;
    }
    boolean quotaUsedUp =
        !accounts.quota().isEmpty() && quota.units() < request.quote().payableTokens(wanted);
    if (quotaUsedUp
        || (!accounts.money().isEmpty()
            && money.isWithout(accounts.money().accounts().getFirst()))) {
      shard.wallets().refresh(owner, request.openedAt(), shard.now());
    }
    List<LogRecord.Leg> legs = new ArrayList<>(2);
    quota.collect(legs);
    money.collect(legs);
    Intent intent;
    try {
      intent =
          new Intent(
              request.charge(),
              request.openedAt(),
              request.tenant(),
              request.user(),
              request.apiKey(),
              request.protocol(),
              request.model(),
              request.stream(),
              request.clientRequestId().map(id -> RecordTexts.within(id, Intent.CLIENT_ID_BYTES)),
              request.quote().version(),
              wanted,
              legs);
    } catch (IllegalArgumentException e) {
      release();
      refuse(new Refusal(ErrorCode.INVALID_REQUEST, String.valueOf(e.getMessage()), e));
      return;
    }
    if (!shard.journal().admit(intent, this)) {
      release();
      refuse(PassageShard.unavailable("the meter log has no room"));
      return;
    }
    shard.reach(CrashPoint.INTENT_STAGED);
  }

  @Override
  public void written() {
    shard.reach(CrashPoint.INTENT_WRITTEN);
    outcome.complete(new LeasedPassage(shard, request, accounts, wanted, quota, money));
  }

  @Override
  public void lost(LogStopped why) {
    // the intent may be in the log: what it reserved stays reserved until the log is recovered
    refuse(PassageShard.unavailable("the meter log has stopped"));
  }

  private void readAnewOr(long afterNanos, Refusal refusal) {
    if (readAnew) {
      refuse(refusal);
    } else {
      readAnew = true;
      long now = shard.now();
      shard.wallets().read(owner, request.openedAt(), now, now + afterNanos, this);
    }
  }

  private void release() {
    long now = shard.now();
    quota.release(now);
    money.release(now);
  }

  private void refuse(Refusal refusal) {
    shard.ended();
    turnAway(refusal);
  }

  /** Refuses it before it was started. */
  void turnAway(Refusal refusal) {
    if (covered == null) {
      outcome.completeExceptionally(refusal);
    } else {
      covered.completeExceptionally(refusal);
    }
  }
}
