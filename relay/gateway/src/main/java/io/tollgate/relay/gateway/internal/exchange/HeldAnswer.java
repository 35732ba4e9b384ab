package io.tollgate.relay.gateway.internal.exchange;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.caller.AnswerCopy;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.ResponseEnding;
import io.tollgate.relay.gateway.internal.http.BufferBytes;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.AnswerCheck;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An answer of which its caller gets nothing before it was looked at: a stream is held back here
 * until its end, as what has been passed on cannot be taken back.
 */
final class HeldAnswer {
  private final CallerResponse caller;
  private final AnswerCheck check;
  private final AnswerCopy stream;
  private final int maxShown;

  HeldAnswer(RequestResources resources, CallerResponse caller, AnswerCheck check) {
    this.caller = caller;
    this.check = check;
    stream = new AnswerCopy(resources, resources.loop().config().answerLimit());
    maxShown = resources.loop().parts().ruled().filters().maxBytes();
    caller.holdBack(stream);
  }

  /**
   * Has it looked at, all of it or, where it is larger than a filter can be asked about, none.
   *
   * @param judged is told how it ends: the same conclusion, after which it may pass, or one with
   *     which the caller gets nothing of it
   */
  void judge(PassageConclusion end, Consumer<PassageConclusion> judged) {
    switch (end.ending()) {
      case ResponseEnding.Whole whole ->
          ask(
              end,
              whole.body().length() <= maxShown
                  ? Optional.of(BufferBytes.of(whole.body()))
                  : Optional.empty(),
              judged);
      case ResponseEnding.Last last ->
          ask(
              end,
              stream.isMoreThan(maxShown - last.piece().length)
                  ? Optional.empty()
                  : stream.with(last.piece()),
              judged);
      // it broke, and nothing of it has reached the caller
      case ResponseEnding.Broken _ ->
          judged.accept(
              refused(
                  end,
                  new Refusal(
                      end.error().orElse(ErrorCode.UPSTREAM_FAILED),
                      "the provider's answer broke off")));
      case ResponseEnding.Refused refused ->
          judged.accept(end.usage().total() > 0 ? refused(end, refused.refusal()) : end);
      case ResponseEnding.Failed _, ResponseEnding.Nobody _ -> judged.accept(end);
    }
  }

  private void ask(
      PassageConclusion end, Optional<byte[]> answer, Consumer<PassageConclusion> judged) {
    if (caller.gone()) {
      judged.accept(end);
      return;
    }
    check.check(
        answer,
        why -> {
          if (why.isEmpty() && !stream.isCut()) {
            caller.letGo();
            judged.accept(end);
          } else {
            judged.accept(refused(end, why.orElseGet(HeldAnswer::tooLarge)));
          }
        });
  }

  private static Refusal tooLarge() {
    return new Refusal(
        ErrorCode.UPSTREAM_FAILED, "the answer is too large to be held back for the filter");
  }

  private static PassageConclusion refused(PassageConclusion end, Refusal why) {
    return new PassageConclusion(
        end.usage(),
        end.reported(),
        why.code().httpStatus(),
        Optional.of(why.code()),
        end.upstream(),
        new ResponseEnding.Refused(why),
        end.served());
  }
}
