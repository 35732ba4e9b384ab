package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.caller.AnswerCopy;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.exchange.PassageExchange;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PassageWitness;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.rules.FilterRule;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.relay.rules.RuledParts;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request of somebody who wants more done than passing it on: the filter is asked first, then the
 * cache; what neither ends goes on its way. Everybody else's requests never come here.
 */
final class RuledCall {
  private final RequestResources resources;
  private final CallerResponse caller;
  private final RequestHead head;
  private final KeyHolder holder;
  private final CallerRoute route;
  private final RequestRule rule;
  private final Reception reception;

  /** Who received the request, and can send it on its way. */
  interface Reception {
    /**
     * On any thread.
     *
     * @throws Refusal where its model is not known, not allowed or has no price
     * @throws RequestFault where no account can be told what it asks for
     */
    ReadyCall ready(KeyHolder holder, CallerRequest request);

    /** Its passage, not started; nothing where it is refused just now. */
    Optional<PassageExchange> exchange(ReadyCall ready);

    /** Finds out what is to be done, here or beside the loop, and does it. */
    void onward(boolean small, Supplier<Runnable> work);

    void refuse(Refusal refusal);
  }

  RuledCall(
      RequestResources resources,
      CallerResponse caller,
      RequestHead head,
      KeyHolder holder,
      CallerRoute route,
      RequestRule rule,
      Reception reception) {
    this.resources = resources;
    this.caller = caller;
    this.head = head;
    this.holder = holder;
    this.route = route;
    this.rule = rule;
    this.reception = reception;
  }

  /** What is to be done for a request; on any thread. */
  Runnable begin(CallerRequest request) {
    Runnable onItsWay = onItsWay(request);
    Optional<FilterRule> filter = rule.filter().filter(FilterRule::beforeRequest);
    return filter.isEmpty() ? onItsWay : () -> asked(request, filter.get(), onItsWay);
  }

  private void asked(CallerRequest request, FilterRule filter, Runnable onItsWay) {
    FilteredCall filtered = new FilteredCall(resources, holder, request, filter);
    filtered.before(
        new FilteredCall.Listener() {
          @Override
          public void goesOn() {
            onItsWay.run();
          }

          @Override
          public void rewritten(byte[] body) {
            reception.onward(
                body.length <= resources.loop().config().bodySmall(), () -> readAgain(body));
          }

          private Runnable readAgain(byte[] body) {
            try {
              return onItsWay(route.read(head, body));
            } catch (RequestFault | Refusal _) {
              return () -> filtered.rewroteBadly(this);
            }
          }

          @Override
          public void refused(Refusal refusal) {
            reception.refuse(refusal);
          }
        });
  }

  private Runnable onItsWay(CallerRequest request) {
    ReadyCall ready = reception.ready(holder, request);
    Optional<CachedCall> cached =
        rule.cache()
            // what is counted by the piece is made anew each time
            .filter(_ -> ready.call().units().isEmpty())
            .map(cache -> CachedCall.of(resources, caller, head, ready.call(), rule, cache));
    return () -> copied(ready, cached);
  }

  private void copied(ReadyCall ready, Optional<CachedCall> cached) {
    if (resources.closed()) {
      return;
    }
    if (cached.isEmpty() && rule.prompts().isEmpty()) {
      relay(ready, Optional.empty(), Optional.empty());
      return;
    }
    AnswerCopy copy = new AnswerCopy(resources, maxCopied());
    caller.copyTo(copy);
    Optional<PassageWitness> prompts =
        rule.prompts().map(kept -> new PromptKeeping(resources.loop(), ready.call(), kept, copy));
    if (cached.isEmpty()) {
      relay(ready, Optional.empty(), prompts);
    } else {
      cached.get().start(copy, prompts, witness -> relay(ready, witness, prompts));
    }
  }

  private int maxCopied() {
    RuledParts parts = resources.loop().parts().ruled();
    int answers = rule.cache().isEmpty() ? 0 : parts.answers().maxAnswerBytes();
    return rule.prompts().isEmpty() ? answers : Math.max(answers, parts.prompts().maxBytes());
  }

  private void relay(
      ReadyCall ready, Optional<PassageWitness> cache, Optional<PassageWitness> prompts) {
    reception
        .exchange(ready)
        .ifPresent(
            exchange -> {
              cache.ifPresent(exchange::witnessedBy);
              prompts.ifPresent(exchange::witnessedBy);
              rule.filter()
                  .filter(FilterRule::afterAnswer)
                  .ifPresent(filter -> exchange.checkedBy(check(ready, filter)));
              exchange.start();
            });
  }

  private FilteredCall check(ReadyCall ready, FilterRule filter) {
    return new FilteredCall(resources, holder, ready.call().chat(), filter);
  }
}
