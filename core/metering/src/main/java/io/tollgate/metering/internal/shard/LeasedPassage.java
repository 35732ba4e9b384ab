package io.tollgate.metering.internal.shard;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.lease.ReservationListener.Cause;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogStopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A passage whose money is leased and whose steps are in the meter log. Confined to its loop. */
final class LeasedPassage implements Passage {
  private final PassageShard shard;
  private final PassageRequest request;
  private final PassageAccounts accounts;
  private final ReservedFunds quota;
  private final ReservedFunds money;
  private TokenUsage reserved;
  private TokenUsage progress = TokenUsage.NONE;
  private @Nullable CompletableFuture<Charge> recording;

  /** What the result costs has been taken from what is reserved. */
  private boolean paid;

  LeasedPassage(
      PassageShard shard,
      PassageRequest request,
      PassageAccounts accounts,
      TokenUsage reserved,
      ReservedFunds quota,
      ReservedFunds money) {
    this.shard = shard;
    this.request = request;
    this.accounts = accounts;
    this.reserved = reserved;
    this.quota = quota;
    this.money = money;
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
    if (recording != null) {
      extended.complete(false);
      return extended;
    }
    new UsageReservation(
            shard,
            new UserWallet.Owner(request.tenant(), request.user()),
            accounts,
            request.quote(),
            usage,
            quota,
            money,
            new UsageReservation.Outcome() {
              @Override
              public void reserved() {
                extended(usage, extended);
              }

              @Override
              public void refused(Cause cause) {
                extended.complete(false);
              }
            })
        .start();
    return extended;
  }

  private void extended(TokenUsage usage, CompletableFuture<Boolean> answer) {
    if (recording != null) {
      if (paid) {
        // it came after the end: what was paid stays paid, the rest goes back
        quota.release(shard.now());
        money.release(shard.now());
      }
      answer.complete(false);
      return;
    }
    reserved = usage;
    note();
    answer.complete(true);
  }

  @Override
  public void progress(TokenUsage soFar) {
    progress = soFar;
    note();
  }

  private void note() {
    if (recording != null) {
      return;
    }
    List<LogRecord.Leg> legs = new ArrayList<>(2);
    quota.collect(legs);
    money.collect(legs);
    shard.journal().note(new Progress(request.charge(), shard.clock().instant(), progress, legs));
  }

  @Override
  public CompletionStage<Charge> record(PassageResult result) {
    CompletableFuture<Charge> known = recording;
    if (known != null) {
      return known;
    }
    CompletableFuture<Charge> answer = new CompletableFuture<>();
    recording = answer;
    shard.reach(CrashPoint.UPSTREAM_ANSWERED);
    TokenUsage usage = result.usage();
    PriceQuote quote = result.quote(request);
    long tokens = Math.min(quote.payableTokens(usage), quota.units());
    long price = quote.price(usage, tokens);
    if (price <= money.units()) {
      pay(result, tokens, price, answer);
    } else {
      shard.reach(CrashPoint.RESULT_BEYOND_RESERVED);
      new ResultReservation(
              shard,
              new UserWallet.Owner(request.tenant(), request.user()),
              accounts,
              quote,
              usage,
              quota,
              money,
              () -> pay(result, tokens, price, answer))
          .start();
    }
    return answer;
  }

  /**
   * Takes what the result costs from what is reserved, and records it.
   *
   * @param foreseen tokens that quotas pay if they have nothing beyond what was reserved for long
   * @param priceThen what is left to pay in that case
   */
  private void pay(
      PassageResult result, long foreseen, long priceThen, CompletableFuture<Charge> answer) {
    paid = true;
    long now = shard.now();
    TokenUsage usage = result.usage();
    List<LogRecord.Leg> legs = new ArrayList<>(2);
    PriceQuote quote = result.quote(request);
    long tokens =
        quota.pay(quote.payableTokens(usage), accounts.quota().accounts(), List.of(), now, legs);
    long price = tokens == foreseen ? priceThen : quote.price(usage, tokens);
    long covered = money.pay(price, accounts.money().accounts(), accounts.allowances(), now, legs);
    List<LogRecord.Leg> split =
        quota.passedOver().isEmpty() && money.passedOver().isEmpty()
            ? legs
            : PassedOver.among(legs, accounts, quota.passedOver(), money.passedOver());
    Result last =
        new Result(
            request.charge(),
            shard.clock().instant(),
            usage,
            result.reported(),
            price,
            price - covered,
            split,
            result.httpStatus(),
            result.errorCode().map(code -> RecordTexts.within(code, Result.ERROR_BYTES)),
            result.upstreamAccount(),
            RecordTexts.within(result.upstreamModel(), Result.MODEL_BYTES),
            result.attempts(),
            result.latencyMs(),
            result.firstTokenMs(),
            Optional.of(quote.version())
                .filter(version -> !version.equals(request.quote().version())));
    Charge charge = new Charge(request.charge(), tokens, covered, price - covered);
    shard.journal().finish(last, new Recorded(answer, charge));
    shard.reach(CrashPoint.RESULT_STAGED);
  }

  private final class Recorded implements PassageJournal.Acknowledgement {
    private final CompletableFuture<Charge> answer;
    private final Charge charge;

    private Recorded(CompletableFuture<Charge> answer, Charge charge) {
      this.answer = answer;
      this.charge = charge;
    }

    @Override
    public void written() {
      shard.reach(CrashPoint.RESULT_WRITTEN);
      shard.recorded();
      answer.complete(charge);
    }

    @Override
    public void lost(LogStopped why) {
      shard.ended();
      answer.completeExceptionally(PassageShard.unavailable("the meter log has stopped"));
    }
  }
}
