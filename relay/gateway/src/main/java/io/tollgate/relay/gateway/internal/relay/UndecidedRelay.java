package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.caller.CallerErrors;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.protocols.AnswerForm;
import java.io.ByteArrayOutputStream;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the beginning of an answer to a request for a stream, and tells by its first bytes whether
 * it is one or a document, as content types cannot be relied on. Then the relay that fits takes
 * over.
 */
public final class UndecidedRelay extends ReadingRelay {
  /** So much space before an answer's first byte is no answer. */
  private static final int MAX_SPACE = 4096;

  private final Function<AnswerForm, AnswerRelay> relays;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream(0);
  private @Nullable AnswerRelay decided;

  /**
   * @param relays makes the relay of a form, which is started and hears of all bytes
   */
  public UndecidedRelay(
      RequestResources resources,
      CallerResponse caller,
      UpstreamAnswer answer,
      PricedCall call,
      Listener listener,
      Function<AnswerForm, AnswerRelay> relays) {
    super(resources, caller, answer, call, listener);
    this.relays = relays;
  }

  @Override
  public void start() {
    answer.readBy(this);
    answer.resume();
  }

  @Override
  public void callerGone(HangUpBounds bounds) {
    super.callerGone(bounds);
    if (decided != null) {
      decided.callerGone(bounds);
    }
  }

  @Override
  public void tick(long now) {
    if (decided != null) {
      decided.tick(now);
    } else if (!told() && readOnEnough(now)) {
      tell(PassageConclusion.hungUp(call.sent(), false, Upstream.LEFT));
    } else if (!told() && idleTooLong(now)) {
      giveUp(ErrorCode.UPSTREAM_TIMEOUT);
    }
  }

  @Override
  public void giveUp(ErrorCode code) {
    if (decided != null) {
      decided.giveUp(code);
    } else if (!told()) {
      tell(
          caller.gone()
              ? PassageConclusion.hungUp(TokenUsage.NONE, false, Upstream.BROKE)
              : PassageConclusion.free(
                  code.httpStatus(),
                  code,
                  Upstream.BROKE,
                  new ResponseEnding.Refused(CallerErrors.broken(code))));
    }
  }

  @Override
  public void release() {
    tellNothing();
    if (decided == null) {
      answer.reset();
    } else {
      decided.release();
    }
  }

  @Override
  public OptionalLong firstContentNanos() {
    return decided == null ? super.firstContentNanos() : decided.firstContentNanos();
  }

  @Override
  public boolean filtered() {
    return decided != null && decided.filtered();
  }

  @Override
  public void arrived(byte[] piece) {
    if (told()) {
      return;
    }
    byte[] all = piece;
    if (beginning.size() > 0) {
      beginning.writeBytes(piece);
      all = beginning.toByteArray();
    }
    AnswerForm form = AnswerForm.of(all);
    if (form == AnswerForm.UNKNOWN && all.length <= MAX_SPACE) {
      if (beginning.size() == 0) {
        beginning.writeBytes(piece);
      }
      return;
    }
    AnswerRelay fitting = relays.apply(form == AnswerForm.STREAM ? form : AnswerForm.DOCUMENT);
    decided = fitting;
    HangUpBounds bounds = hangUp();
    if (bounds != null) {
      fitting.callerGone(bounds);
    }
    fitting.start();
    fitting.begin(all);
  }

  @Override
  public void upstreamEnded() {
    none("empty");
  }

  @Override
  public void upstreamBroke() {
    none("broke off before its first byte");
  }

  private void none(String what) {
    if (!told()) {
      tellNoAnswer(new UpstreamError.NoAnswer(what));
    }
  }
}
