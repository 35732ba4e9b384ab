package io.tollgate.relay.gateway.internal.cache;

import io.tollgate.relay.gateway.internal.caller.AnswerCopy;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion.Upstream;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.rules.KeptAnswer;

/** Keeps an answer for others, where it came whole and nothing was wrong with it. */
public final class AnswerKeeping implements PassageWitness {
  private static final int OK = 200;

  private final RelayLoop loop;
  private final CachePlan plan;
  private final AnswerCopy copy;

  /**
   * @param copy of what the caller gets
   */
  public AnswerKeeping(RelayLoop loop, CachePlan plan, AnswerCopy copy) {
    this.loop = loop;
    this.plan = plan;
    this.copy = copy;
  }

  @Override
  public void recorded(PassageConclusion end, boolean filtered) {
    boolean good =
        end.status() == OK
            && end.error().isEmpty()
            && end.upstream() == Upstream.WHOLE
            && !filtered
            && (end.usage().total() > 0 || end.usage().otherUnits() > 0);
    if (good) {
      copy.whole()
          .ifPresent(
              body ->
                  loop.parts()
                      .ruled()
                      .answers()
                      .keep(
                          plan.key(),
                          new KeptAnswer(
                              copy.contentType(), body, end.usage(), end.served(), loop.now()),
                          plan.ttl()));
    }
  }
}
