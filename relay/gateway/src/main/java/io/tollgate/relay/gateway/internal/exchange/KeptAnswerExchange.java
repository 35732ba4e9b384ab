package io.tollgate.relay.gateway.internal.exchange;

import io.tollgate.billing.ChargedPart;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.Charge;
import io.tollgate.metering.Passage;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.metering.PriceQuote;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.rules.KeptAnswer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One passage whose answer is there already: reserved, recorded and charged as any, at the part of
 * the price that the tenant's rule names, and no provider is asked.
 */
public final class KeptAnswerExchange implements DeadlineWatch.Watched {
  private static final Logger log = LoggerFactory.getLogger(KeptAnswerExchange.class);
  private static final int OK = 200;

  private final RelayLoop loop;
  private final RequestResources resources;
  private final CallerResponse caller;
  private final PricedCall call;
  private final KeptAnswer answer;
  private final PriceQuote quote;
  private final long deadline;
  private @Nullable PassageRecording recording;
  private boolean opened;
  private @Nullable PassageWitness witness;

  /**
   * @param part of the price that it costs
   */
  public KeptAnswerExchange(
      RequestResources resources,
      CallerResponse caller,
      PricedCall call,
      KeptAnswer answer,
      ChargedPart part) {
    this.loop = resources.loop();
    this.resources = resources;
    this.caller = caller;
    this.call = call;
    this.answer = answer;
    this.quote =
        part.of(
            call.quotes().served(call.chat().tier().orElse(ServiceTier.STANDARD), answer.served()));
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  /** Who hears of the answer once it is recorded. */
  public KeptAnswerExchange witnessedBy(PassageWitness one) {
    witness = one;
    return this;
  }

  public void start() {
    resources.onFailure(this::refused);
    caller.onGone(() -> {});
    resources.watch(this);
    CompletionStage<Passage> opening;
    try {
      PassageRequest wanted = passageRequest();
      resources.note().asked(wanted);
      opening = loop.passages().open(wanted);
    } catch (RuntimeException e) {
      refused(e);
      return;
    }
    resources.take(opening, this::opened, this::refused);
  }

  @Override
  public void tick(long now) {
    PassageRecording started = recording;
    if (started != null) {
      started.tick(now);
    } else if (!opened && now - deadline > 0) {
      refused(new Refusal(ErrorCode.UNAVAILABLE, "the request could not be reserved for in time"));
    }
  }

  private PassageRequest passageRequest() {
    return new PassageRequest(
        call.context().requestId(),
        call.holder().tenant(),
        call.holder().user(),
        call.holder().key(),
        call.model().protocol(),
        call.chat().model(),
        call.chat().stream(),
        call.context().clientRequestId(),
        call.context().arrivedAt(),
        quote,
        answer.usage(),
        answer.usage());
  }

  private void opened(Passage passage) {
    if (resources.closed()) {
      // it came after we had stopped waiting for it
      var unused = passage.record(result(hungUp()));
      return;
    }
    opened = true;
    resources.note().reserved();
    PassageConclusion end = caller.gone() ? hungUp() : served();
    OpenPassage open = new OpenPassage(passage, () -> result(hungUp()));
    resources.hold(open);
    PassageRecording started =
        new PassageRecording(resources, call, charge -> recorded(end, charge), this::unrecorded);
    recording = started;
    started.start(open, result(end));
  }

  private PassageConclusion served() {
    ResponseEnding ending =
        call.chat().stream()
            ? new ResponseEnding.Last(answer.body())
            : new ResponseEnding.Whole(answer.contentType(), BufferBytes.over(answer.body()));
    return new PassageConclusion(
        answer.usage(), true, OK, Optional.empty(), Upstream.LEFT, ending, answer.served());
  }

  /** What nobody has got is free. */
  private static PassageConclusion hungUp() {
    return PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.LEFT);
  }

  private PassageResult result(PassageConclusion end) {
    long ms = call.millisecondsTo(System.nanoTime());
    return new PassageResult(
        end.usage(),
        end.reported(),
        end.status(),
        end.error().map(ErrorCode::name),
        OptionalLong.empty(),
        call.chat().model(),
        0,
        ms,
        OptionalLong.of(ms));
  }

  private void recorded(PassageConclusion end, Charge charge) {
    try {
      PassageLog.ended(call, end, charge, 0, loop.metrics());
      caller.streamType(answer.contentType());
      caller.finish(
          end.ending(),
          PriceText.of(charge.paid() + charge.owed(), call.holder().currency().scale()));
      if (witness != null) {
        witness.recorded(end, false);
      }
    } finally {
      resources.close();
    }
  }

  private void unrecorded() {
    try {
      caller.unrecorded();
    } finally {
      resources.close();
    }
  }

  private void refused(Throwable cause) {
    if (resources.closed()) {
      return;
    }
    if (cause instanceof Refusal refusal) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
    } else {
      loop.metrics().refused(ErrorCode.INTERNAL);
      call.context()
          .addTo(log.atError())
          .setCause(cause)
          .log("a passage for a kept answer could not be opened");
      caller.refuse(new Refusal(ErrorCode.INTERNAL, "the request could not be let through"));
    }
    resources.close();
  }
}
