package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ChargedPart;
import io.tollgate.relay.gateway.internal.cache.AnswerKeeping;
import io.tollgate.relay.gateway.internal.cache.CachePlan;
import io.tollgate.relay.gateway.internal.caller.AnswerCopy;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.exchange.KeptAnswerExchange;
import io.tollgate.relay.gateway.internal.loop.CacheUse;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.rules.AnswerCache;
import io.tollgate.relay.rules.CacheRule;
import io.tollgate.relay.rules.FilterRule;
import io.tollgate.relay.rules.KeptAnswer;
import io.tollgate.relay.rules.RequestRule;
import java.util.Optional;
import java.util.function.Consumer;

/** A request of somebody who has a cache: answered from it, or else on its way with a witness. */
final class CachedCall {
  private final RequestResources resources;
  private final CallerResponse caller;
  private final PricedCall call;
  private final AnswerCache cache;
  private final Optional<CachePlan> plan;

  private CachedCall(
      RequestResources resources,
      CallerResponse caller,
      PricedCall call,
      AnswerCache cache,
      Optional<CachePlan> plan) {
    this.resources = resources;
    this.caller = caller;
    this.call = call;
    this.cache = cache;
    this.plan = plan;
  }

  /**
   * On any thread.
   *
   * @throws io.tollgate.relay.protocols.RequestFault when the request says of the cache what cannot
   *     be understood
   */
  static CachedCall of(
      RequestResources resources,
      CallerResponse caller,
      RequestHead head,
      PricedCall call,
      RequestRule rule,
      CacheRule terms) {
    AnswerCache cache = resources.loop().parts().ruled().answers();
    return new CachedCall(
        resources,
        caller,
        call,
        cache,
        CachePlan.of(
            cache, terms, filter(rule), head, String.valueOf(caller.request().path()), call));
  }

  private static String filter(RequestRule rule) {
    return rule.filter()
        .filter(FilterRule::afterAnswer)
        .map(filter -> filter.id() + " " + filter.url())
        .orElse("");
  }

  /**
   * @param copy of what the caller gets
   * @param also hears of an answer from the cache
   * @param onward takes a request for which there is no answer, with who is to hear of one
   */
  void start(
      AnswerCopy copy, Optional<PassageWitness> also, Consumer<Optional<PassageWitness>> onward) {
    if (resources.closed()) {
      return;
    }
    if (plan.isEmpty()) {
      told(CacheUse.BYPASS, "bypass");
      onward.accept(Optional.empty());
      return;
    }
    CachePlan planned = plan.get();
    resources.take(
        cache.find(planned.key(), planned.ttl()),
        found ->
            found.ifPresentOrElse(
                answer -> hit(planned, answer, also), () -> miss(planned, copy, onward)),
        _ -> miss(planned, copy, onward));
  }

  private void hit(CachePlan planned, KeptAnswer answer, Optional<PassageWitness> also) {
    if (!resources.closed()) {
      told(CacheUse.HIT, "hit");
      KeptAnswerExchange exchange =
          new KeptAnswerExchange(
              resources, caller, call, answer, ChargedPart.cacheHit(planned.rule().hitShare()));
      also.ifPresent(exchange::witnessedBy);
      exchange.start();
    }
  }

  private void miss(CachePlan planned, AnswerCopy copy, Consumer<Optional<PassageWitness>> onward) {
    if (resources.closed()) {
      return;
    }
    told(CacheUse.MISS, "miss");
    onward.accept(Optional.of(new AnswerKeeping(resources.loop(), planned, copy)));
  }

  private void told(CacheUse use, String state) {
    resources.loop().metrics().cached(use);
    caller.cached(state);
  }
}
