package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.protocols.RealtimeTap;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.telemetry.RequestTrace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is reserved for one response, or for one thing said that is written down, and recorded once.
 * Confined to one event loop.
 */
final class RealtimePassage {
  private static final Logger log = LoggerFactory.getLogger(RealtimePassage.class);
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RequestResources resources;
  private final PricedCall call;
  private final Passage passage;
  private final Account account;
  private final SessionReservation reservation;
  private final Optional<TracedResponse> traced;
  private Optional<TokenHold> tokens = Optional.empty();
  private Optional<RealtimeTap> tap = Optional.empty();
  private TokenUsage delivered = TokenUsage.NONE;
  private OptionalLong firstPieceNanos = OptionalLong.empty();
  private long progressNanos;
  private boolean recorded;

  /** Who serves the session. */
  record Account(long id, String model, int attempts) {}

  /**
   * @param askedNanos when it was asked for
   */
  RealtimePassage(
      RequestResources resources,
      PricedCall call,
      Passage passage,
      Account account,
      long askedNanos) {
    this.resources = resources;
    this.call = call;
    this.passage = passage;
    this.account = account;
    traced = TracedResponse.reserved(call, account, askedNanos);
    reservation = new SessionReservation(resources, passage);
  }

  PricedCall call() {
    return call;
  }

  SessionReservation reservation() {
    return reservation;
  }

  boolean recorded() {
    return recorded;
  }

  /** It is counted against the key's limits per minute, and this is what it holds of them. */
  void admitted(TokenHold hold) {
    tokens = Optional.of(hold);
  }

  boolean isAdmitted() {
    return tokens.isPresent();
  }

  Optional<RealtimeTap> tap() {
    return tap;
  }

  /** The provider is asked for it, or has begun: a recovery is to charge at least what it reads. */
  void asked(TokenUsage input) {
    passage.progress(input);
  }

  void began(RealtimeTap response) {
    tap = Optional.of(response);
    traced.ifPresent(TracedResponse::began);
    progressNanos = System.nanoTime();
    asked(response.need().input());
  }

  /** What is charged for as much of the response as has come. */
  ChargedUsage charged(boolean callerGone) {
    RealtimeTap response = tap.orElseThrow();
    UsageBounds bounds =
        new UsageBounds(
            response.need().input().input(),
            call.bounds().maxInput(),
            call.bounds().allowedOutput(),
            call.bounds().factor());
    ChargedUsage charged = callerGone ? response.chargedSoFar(bounds) : response.charged(bounds);
    charged
        .disbelief()
        .ifPresent(why -> PassageLog.disbelieved(call, why, resources.loop().metrics()));
    return charged;
  }

  /** Whether all that has come is paid for. */
  boolean covered() {
    RealtimeTap response = tap.orElseThrow();
    return reservation.covers(response.roughOutput())
        || reservation.covers(response.countedOutput());
  }

  /** All that has come has been passed on. */
  void passed() {
    RealtimeTap response = tap.orElseThrow();
    delivered = response.counted();
    long now = System.nanoTime();
    if (firstPieceNanos.isEmpty()) {
      firstPieceNanos = OptionalLong.of(now);
      resources.loop().metrics().firstToken(call.millisecondsTo(now));
    }
    if (now - progressNanos > PROGRESS_NANOS) {
      progressNanos = now;
      passage.progress(delivered);
    }
    reservation.passed(delivered.output());
  }

  /** What has been passed on, by our own count. */
  TokenUsage delivered() {
    return delivered;
  }

  /** Records how it ended; exactly one of the two is told, unless it was recorded before. */
  void record(PassageConclusion end, Consumer<Charge> done, Consumer<Throwable> failed) {
    if (recorded) {
      return;
    }
    recorded = true;
    traced.ifPresent(TracedResponse::recorded);
    tokens.ifPresent(hold -> hold.used(end.usage()));
    PassageResult result = result(end);
    PassageLog.withoutPrice(call, result, resources.loop().metrics());
    CompletionStage<Charge> recording;
    try {
      recording = passage.record(result);
    } catch (RuntimeException e) {
      failed.accept(e);
      return;
    }
    resources.take(
        recording,
        charge -> {
          PassageLog.ended(call, end, charge, account.attempts(), resources.loop().metrics());
          // what was kept ready for a response that never came is none
          if (tap.isPresent() || !end.usage().equals(TokenUsage.NONE)) {
            resources.loop().log().ended(logged(result, charge));
            traced.ifPresent(each -> each.settled(result, charge));
          }
          done.accept(charge);
        },
        cause -> {
          traced.ifPresent(each -> each.unrecorded(result));
          failed.accept(cause);
        });
  }

  /** The same, where nobody waits for it. */
  void recordUnheard(PassageConclusion end) {
    record(
        end,
        _ -> {},
        cause -> {
          resources.loop().metrics().unrecorded();
          call.context()
              .addTo(log.atError())
              .setCause(cause)
              .log("a result was not recorded at the end of its session");
        });
  }

  /** The response as a request of its own: what the session cost is in its responses. */
  private LoggedRequest logged(PassageResult result, Charge charge) {
    return new LoggedRequest(
        call.context().requestId(),
        call.context().arrivedAt(),
        call.context().route(),
        Optional.of(
            new LoggedRequest.Payer(
                call.holder().tenant(), call.holder().user(), call.holder().key())),
        Optional.of(call.model().protocol().code()),
        Optional.of(call.chat().model()),
        Optional.of(result.upstreamModel()),
        true,
        result.httpStatus(),
        result.errorCode(),
        List.of(
            new LoggedAttempt(
                account.id(), account.model(), 0, result.latencyMs(), outcome(result))),
        result.usage(),
        Optional.of(
            new LoggedRequest.Cost(
                call.holder().currency().code(),
                call.quote().version(),
                charge.quotaTokens(),
                charge.paid(),
                charge.owed())),
        call.context().clientRequestId(),
        call.context().trace().map(RequestTrace::traceId),
        result.latencyMs(),
        result.firstTokenMs());
  }

  /** How the provider's part of it ended, as in the log of requests. */
  static String outcome(PassageResult result) {
    return result.errorCode().isEmpty() ? "answered" : "broke";
  }

  private PassageResult result(PassageConclusion end) {
    OptionalLong firstMs =
        firstPieceNanos.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(call.millisecondsTo(firstPieceNanos.getAsLong()));
    return new PassageResult(
        call.charged(end.usage(), Optional.empty()),
        end.reported(),
        end.status(),
        end.error().map(ErrorCode::name),
        OptionalLong.of(account.id()),
        account.model(),
        account.attempts(),
        call.millisecondsTo(System.nanoTime()),
        firstMs,
        Optional.empty());
  }
}
