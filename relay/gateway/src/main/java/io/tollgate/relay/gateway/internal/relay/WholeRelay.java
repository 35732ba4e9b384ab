package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.caller.CallerErrors;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.BudgetedBytes;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds a whole answer back until it is judged and its result recorded, so that it can still be
 * refused.
 */
public final class WholeRelay extends ReadingRelay {
  private final Function<byte[], WholeAnswer> judge;
  private final BudgetedBytes body;
  private boolean filtered;

  public WholeRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      PricedCall call,
      Function<byte[], WholeAnswer> judge,
      Listener listener) {
    super(resources, caller, answer, call, listener);
    this.judge = judge;
    body = new BudgetedBytes(resources, -1);
  }

  @Override
  public void start() {
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void tick(long now) {
    if (told()) {
      return;
    }
    if (readOnEnough(now)) {
      // the upstream has the request and works on it; how far it came nobody knows
      tell(PassageConclusion.hungUp(call.sent(), false, Upstream.LEFT));
    } else if (idleTooLong(now)) {
      fail(ErrorCode.UPSTREAM_TIMEOUT);
    }
  }

  @Override
  public void giveUp(ErrorCode code) {
    if (!told()) {
      fail(code);
    }
  }

  @Override
  public void release() {
    tellNothing();
    body.clear();
    answer.reset();
  }

  @Override
  public boolean filtered() {
    return filtered;
  }

  @Override
  public void arrived(byte[] piece) {
    if (told()) {
      return;
    }
    bytesCame(piece.length);
    if (firstContentNanos().isEmpty()) {
      contentCame();
    }
    if (body.length() + (long) piece.length > loop().config().answerLimit()) {
      fail(ErrorCode.UPSTREAM_FAILED);
    } else if (!body.add(piece)) {
      fail(ErrorCode.UNAVAILABLE);
    }
  }

  @Override
  public void upstreamBroke() {
    if (!told()) {
      // the caller has got nothing of it
      tellNoAnswer(new UpstreamError.NoAnswer("broke off"));
    }
  }

  @Override
  public void upstreamEnded() {
    if (told()) {
      return;
    }
    byte[] whole;
    try {
      whole = body.whole();
    } catch (Refusal exhausted) {
      fail(exhausted.code());
      return;
    }
    if (whole.length <= loop().config().bodySmall()) {
      judged(judge.apply(whole));
    } else {
      resources.take(
          loop().largeBodies().run(() -> judge.apply(whole)), this::judged, this::unjudged);
    }
  }

  private void unjudged(Throwable cause) {
    if (!(cause instanceof Refusal refusal)) {
      throw new IllegalStateException("an answer could not be judged", cause);
    }
    if (!told()) {
      fail(refusal.code());
    }
  }

  private void judged(WholeAnswer judged) {
    if (told()) {
      return;
    }
    UpstreamError.of(judged.verdict()).ifPresentOrElse(this::tellNoAnswer, () -> answered(judged));
  }

  private void answered(WholeAnswer judged) {
    filtered = judged.filtered();
    ChargedUsage usage = noted(judged.charged());
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
}
