package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.caller.CallerErrors;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PassageLog;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds a whole answer back until it is judged and its result recorded, so that it can still be
 * refused.
 */
public final class WholeRelay implements AnswerRelay, UpstreamAnswer.Reader {
  private final RequestResources resources;
  private final RelayLoop loop;
  private final CallerResponse caller;
  private final UpstreamAnswer answer;
  private final PricedCall call;
  private final Function<byte[], WholeAnswer> judge;
  private final Listener listener;
  private final BudgetedBytes body;
  private @Nullable HangUpBounds hangUp;
  private OptionalLong firstContentNanos = OptionalLong.empty();
  private long lastByteNanos = System.nanoTime();
  private boolean told;

  public WholeRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      PricedCall call,
      Function<byte[], WholeAnswer> judge,
      Listener listener) {
    this.resources = resources;
    this.loop = resources.loop();
    this.caller = caller;
    this.answer = answer;
    this.call = call;
    this.judge = judge;
    this.listener = listener;
    body = new BudgetedBytes(resources, -1);
  }

  @Override
  public void start() {
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void begin(byte[] bytes) {
    arrived(bytes);
  }

  @Override
  public void callerGone(HangUpBounds bounds) {
    hangUp = bounds;
  }

  @Override
  public void tick(long now) {
    if (told) {
      return;
    }
    if (hangUp != null && hangUp.over(now)) {
      // the upstream has the request and works on it; how far it came nobody knows
      tell(PassageConclusion.hungUp(TokenUsage.of(call.inputTokens(), 0), false, Upstream.LEFT));
    } else if (now - lastByteNanos > TimeUnit.MILLISECONDS.toNanos(loop.config().idleMs())) {
      fail(ErrorCode.UPSTREAM_TIMEOUT);
    }
  }

  @Override
  public void giveUp(ErrorCode code) {
    if (!told) {
      fail(code);
    }
  }

  @Override
  public void release() {
    told = true;
    body.clear();
    answer.reset();
  }

  @Override
  public OptionalLong firstContentNanos() {
    return firstContentNanos;
  }

  @Override
  public void arrived(byte[] piece) {
    if (told) {
      return;
    }
    lastByteNanos = System.nanoTime();
    if (firstContentNanos.isEmpty()) {
      firstContentNanos = OptionalLong.of(lastByteNanos);
    }
    if (hangUp != null) {
      hangUp.read(piece.length);
    }
    if (body.length() + (long) piece.length > loop.config().answerLimit()) {
      fail(ErrorCode.UPSTREAM_FAILED);
    } else if (!body.add(piece)) {
      fail(ErrorCode.UNAVAILABLE);
    }
  }

  @Override
  public void upstreamBroke() {
    if (told) {
      return;
    }
    // the caller has got nothing of it
    told = true;
    listener.noAnswer(new UpstreamError.NoAnswer("broke off"));
  }

  @Override
  public void upstreamEnded() {
    if (told) {
      return;
    }
    byte[] whole;
    try {
      whole = body.whole();
    } catch (Refusal exhausted) {
      fail(exhausted.code());
      return;
    }
    if (whole.length <= loop.config().bodySmall()) {
      judged(judge.apply(whole));
    } else {
      resources.take(
          loop.largeBodies().run(() -> judge.apply(whole)), this::judged, this::unjudged);
    }
  }

  private void unjudged(Throwable cause) {
    if (!(cause instanceof Refusal refusal)) {
      throw new IllegalStateException("an answer could not be judged", cause);
    }
    if (!told) {
      fail(refusal.code());
    }
  }

  private void judged(WholeAnswer judged) {
    if (told) {
      return;
    }
    switch (judged.verdict()) {
      case AnswerVerdict.Answer _, AnswerVerdict.Empty _ -> answered(judged);
      case AnswerVerdict.Failed failed -> none(new UpstreamError.Told(failed.fault()));
      case AnswerVerdict.NoAnswer none -> none(new UpstreamError.NoAnswer(none.what()));
    }
  }

  private void none(UpstreamError error) {
    told = true;
    listener.noAnswer(error);
  }

  private void answered(WholeAnswer judged) {
    ChargedUsage usage = judged.charged();
    usage.disbelief().ifPresent(why -> PassageLog.disbelieved(call, why, loop.metrics()));
    if (caller.gone()) {
      tell(PassageConclusion.hungUp(usage, Upstream.WHOLE).servedBy(judged.servedTier()));
      return;
    }
    ResponseEnding ending =
        new ResponseEnding.Whole(judged.contentType(), BufferBytes.over(judged.body()));
    tell(
        new PassageConclusion(
            usage.usage(),
            usage.reported(),
            200,
            Optional.empty(),
            Upstream.WHOLE,
            ending,
            judged.servedTier()));
  }

  /** The caller has got nothing of it, so it is free. */
  private void fail(ErrorCode code) {
    if (caller.gone()) {
      tell(PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.BROKE));
    } else {
      ResponseEnding refused = new ResponseEnding.Refused(CallerErrors.broken(code));
      Upstream upstream =
          code == ErrorCode.UNAVAILABLE || code == ErrorCode.INTERNAL
              ? Upstream.LEFT
              : Upstream.BROKE;
      tell(PassageConclusion.free(code.httpStatus(), code, upstream, refused));
    }
  }

  private void tell(PassageConclusion conclusion) {
    told = true;
    listener.ended(conclusion);
  }
}
