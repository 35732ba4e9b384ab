package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.gateway.internal.caller.AnswerCopy;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.rules.KeptPrompt;
import io.tollgate.relay.rules.PromptLog;
import io.tollgate.relay.rules.PromptRule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Has a request and its answer kept, whatever became of them. */
final class PromptKeeping implements PassageWitness {
  private final RelayLoop loop;
  private final PricedCall call;
  private final PromptRule rule;
  private final AnswerCopy copy;

  PromptKeeping(RelayLoop loop, PricedCall call, PromptRule rule, AnswerCopy copy) {
    this.loop = loop;
    this.call = call;
    this.rule = rule;
    this.copy = copy;
  }

  @Override
  public void recorded(PassageConclusion end, boolean filtered) {
    PromptLog prompts = loop.parts().ruled().prompts();
    int max = prompts.maxBytes();
    byte[] body = call.chat().body();
    byte[] answer = copy.beginning(max);
    Instant now = loop.now().truncatedTo(ChronoUnit.MICROS);
    prompts.keep(
        new KeptPrompt(
            call.context().requestId(),
            call.holder().tenant(),
            call.holder().user(),
            call.holder().key(),
            now,
            now.plus(rule.ttl()),
            end.status(),
            body.length > max ? Arrays.copyOf(body, max) : body,
            body.length > max,
            copy.contentType(),
            answer,
            copy.isMoreThan(answer.length)));
  }
}
