package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.TokenLimits;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.caller.BodyDecoding;
import io.tollgate.relay.gateway.internal.caller.BodyReader;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyAdmission;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.exchange.PassageExchange;
import io.tollgate.relay.gateway.internal.form.FormReading;
import io.tollgate.relay.gateway.internal.kept.BackgroundExchange;
import io.tollgate.relay.gateway.internal.kept.NamedKept;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.gateway.internal.upstream.UpstreamCalls;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.FormRoute;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives a request that is to be charged: checks its key and limits, reads its body, finds the
 * model and its price. Nothing is reserved here; what passes becomes a {@link PassageExchange}.
 */
final class CallReception implements DeadlineWatch.Watched, RuledCall.Reception {
  private final RelayLoop loop;
  private final RequestResources resources;
  private final RequestContext context;
  private final CallerResponse caller;
  private final Asked asked;
  private final long deadline;
  // the account that keeps what the request goes on from, if it goes on
  private volatile Optional<ProviderAccountId> only = Optional.empty();

  /** What kind of request it is. */
  sealed interface Asked {}

  /** One that is charged by what it uses. */
  record Charged(CallerRoute route) implements Asked {}

  /** One that is answered here, free. */
  record Free(FreeRoute route) implements Asked {}

  CallReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol protocol,
      Asked asked) {
    this.loop = resources.loop();
    this.resources = resources;
    this.context = context;
    this.asked = asked;
    request.pause();
    caller = new CallerResponse(resources, request, protocol);
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  void start() {
    resources.onFailure(_ -> failed());
    if (!resources.tryBegin()) {
      refuse(
          new Refusal(ErrorCode.UNAVAILABLE, "too many requests are running; try again soon")
              .withRetryAfter(Duration.ofSeconds(1)));
      return;
    }
    caller.onGone(resources::close);
    resources.watch(this);
    KeyCheck.of(resources, context, caller.request(), this::known, this::refuse);
  }

  /** Until the body is read, which has a deadline of its own. */
  @Override
  public void tick(long now) {
    if (now - deadline > 0) {
      refuse(new Refusal(ErrorCode.UNAVAILABLE, "the API key could not be checked in time"));
    }
  }

  private void known(KeyHolder holder) {
    if (resources.closed()) {
      return;
    }
    Optional<Refusal> refused = KeyAdmission.of(resources, caller, holder);
    if (refused.isPresent()) {
      refuse(refused.get());
      return;
    }
    if (asked instanceof Charged(FormRoute route) && FormAdmission.isForm(caller.request())) {
      form(holder, route);
      return;
    }
    admitted(holder, new BodyReader(resources, caller.request()));
  }

  /** A form waits until it is whole, wherever its model stands in it. */
  private void form(KeyHolder holder, FormRoute route) {
    PassageRequest least;
    try {
      if (loop.parts().ruled().rules().of(holder.tenant(), holder.key()).looksAtRequests()) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            "no forms: the tenant has requests and answers looked at (expected: a request in JSON)");
      }
      FormAdmission.requirePlain(caller.request());
      least = LeastMeans.of(loop.parts().prices(), context, holder);
    } catch (Refusal refusal) {
      refuse(refusal);
      return;
    }
    HttpRequestHead head = new HttpRequestHead(context, caller.request());
    resources.take(
        loop.passages().check(least),
        _ -> {
          if (!resources.closed()) {
            new FormReading(resources, caller.request())
                .read(
                    (form, body) ->
                        resources.take(
                            loop.largeBodies()
                                .run(() -> charged(holder, route.read(head, form, body))),
                            Runnable::run,
                            this::refuseFor),
                    this::refuseFor);
          }
        },
        this::refuseFor);
  }

  private void admitted(KeyHolder holder, BodyReader body) {
    Optional<String> encoding;
    PassageRequest least;
    try {
      encoding = BodyDecoding.of(caller.request());
      if (body.isTooLarge()
          || (encoding.isEmpty() && body.isKnownToFit(loop.config().bodySmall()))) {
        read(holder, body, encoding);
        return;
      }
      least = LeastMeans.of(loop.parts().prices(), context, holder);
    } catch (Refusal refusal) {
      refuse(refusal);
      return;
    }
    // not before it is known that they can pay for anything at all
    resources.take(
        loop.passages().check(least), _ -> read(holder, body, encoding), this::refuseFor);
  }

  private void read(KeyHolder holder, BodyReader body, Optional<String> encoding) {
    if (!resources.closed()) {
      body.read(bytes -> received(holder, bytes, encoding), this::refuse);
    }
  }

  private void received(KeyHolder holder, byte[] body, Optional<String> encoding) {
    if (encoding.isEmpty() && body.length <= loop.config().bodySmall()) {
      Runnable next;
      try {
        next = parsed(holder, body);
      } catch (RequestFault | Refusal refused) {
        refuseFor(refused);
        return;
      }
      next.run();
    } else {
      resources.take(
          loop.largeBodies()
              .run(
                  () ->
                      parsed(
                          holder,
                          encoding
                              .map(named -> BodyDecoding.decoded(resources, named, body))
                              .orElse(body))),
          Runnable::run,
          this::refuseFor);
    }
  }

  /** What is to be done for a body, which is read on any thread. */
  private Runnable parsed(KeyHolder holder, byte[] body) {
    HttpRequestHead head = new HttpRequestHead(context, caller.request());
    return switch (asked) {
      case Charged(CallerRoute route) -> {
        CallerRequest request = route.read(head, body);
        yield !request.kept().named() || loop.parts().kept().isEmpty()
            ? ruled(head, holder, route, request)
            : () -> named(head, holder, route, request);
      }
      case Free(FreeRoute route) ->
          free(holder, route.answer(head, body, loop.parts().tokenCounter()));
    };
  }

  private Runnable ruled(
      HttpRequestHead head, KeyHolder holder, CallerRoute route, CallerRequest request) {
    RequestRule rule = loop.parts().ruled().rules().of(holder.tenant(), holder.key());
    if (rule == RequestRule.NONE) {
      return charged(holder, request);
    }
    if (request.kept().background()) {
      if (rule.looksAtRequests()) {
        throw RequestFault.of(
            "background",
            "true (expected: false, as the tenant has requests and answers looked at)");
      }
      return charged(holder, request);
    }
    return new RuledCall(resources, caller, head, holder, route, rule, this).begin(request);
  }

  /** Goes where that is kept which the request names, and nowhere else. */
  private void named(
      HttpRequestHead head, KeyHolder holder, CallerRoute route, CallerRequest request) {
    resources.take(
        NamedKept.account(loop.parts().kept().orElseThrow().objects(), holder, request.kept()),
        account -> {
          if (resources.closed()) {
            return;
          }
          only = Optional.of(account);
          onward(
              request.bodyBytes() <= loop.config().bodySmall(),
              () -> ruled(head, holder, route, request));
        },
        cause ->
            refuse(
                cause instanceof Refusal refusal
                    ? refusal
                    : new Refusal(
                        ErrorCode.UNAVAILABLE, "what the request names could not be looked up")));
  }

  private Runnable free(KeyHolder holder, FreeRoute.Answer answer) {
    ModelPrice _ = model(holder, answer.model());
    return () -> {
      if (!resources.closed()) {
        caller.answerJson(answer.json());
        resources.close();
      }
    };
  }

  private Runnable charged(KeyHolder holder, CallerRequest request) {
    PricedCall call = PricedCall.of(loop, context, holder, request, model(holder, request.model()));
    UpstreamCalls calls = new UpstreamCalls(resources, request, call.model().id(), holder.tenant());
    foresee(calls, holder);
    return () -> relay(call, calls);
  }

  @Override
  public ReadyCall ready(KeyHolder holder, CallerRequest request) {
    PricedCall call = PricedCall.of(loop, context, holder, request, model(holder, request.model()));
    UpstreamCalls calls = new UpstreamCalls(resources, request, call.model().id(), holder.tenant());
    foresee(calls, holder);
    return new ReadyCall(call, calls);
  }

  @Override
  public void onward(boolean small, Supplier<Runnable> work) {
    if (small) {
      Runnable next;
      try {
        next = work.get();
      } catch (RequestFault | Refusal refused) {
        refuseFor(refused);
        return;
      }
      next.run();
    } else {
      resources.take(loop.largeBodies().run(work), Runnable::run, this::refuseFor);
    }
  }

  /** Makes the call that is most likely needed, so that what cannot be told is refused at once. */
  private void foresee(UpstreamCalls calls, KeyHolder holder) {
    AccountQuery query =
        AccountQuery.of(calls.protocols(), calls.model()).inGroups(holder.groups());
    Optional<ProviderAccount> likely = loop.routing().likely(query);
    while (likely.isPresent()) {
      try {
        if (calls.toFetch(likely.get()).isEmpty()) {
          calls.of(likely.get());
        }
        return;
      } catch (RequestFault fault) {
        calls.cannot(calls.spokenBy(likely.get()), fault);
        likely = loop.routing().likely(query.speaking(calls.protocols()));
        if (likely.isEmpty()) {
          throw fault;
        }
      }
    }
  }

  private void relay(PricedCall call, UpstreamCalls calls) {
    if (call.chat().kept().background() && loop.parts().kept().isPresent()) {
      TokenHold hold = hold(call);
      if (hold != null) {
        KeptParts kept = loop.parts().kept().get();
        new BackgroundExchange(resources, caller, call, calls, hold, only, kept).start();
      }
      return;
    }
    PassageExchange exchange = exchange(call, calls);
    if (exchange != null) {
      exchange.start();
    }
  }

  @Override
  public Optional<PassageExchange> exchange(ReadyCall ready) {
    return Optional.ofNullable(exchange(ready.call(), ready.calls()));
  }

  /** Null where the request is over, or is refused just now. */
  private @Nullable PassageExchange exchange(PricedCall call, UpstreamCalls calls) {
    TokenHold hold = hold(call);
    return hold == null ? null : new PassageExchange(resources, caller, call, calls, hold, only);
  }

  /** Null where the request is over, or is refused just now. */
  private @Nullable TokenHold hold(PricedCall call) {
    if (resources.closed()) {
      return null;
    }
    TokenLimits.Outcome tokens =
        loop.parts()
            .tokenLimits()
            .tryReserve(call.holder(), call.estimate().input() + call.estimate().output());
    caller.rate(tokens);
    TokenHold hold = new TokenHold(tokens);
    resources.hold(hold);
    if (tokens instanceof TokenLimits.Refused refused) {
      refuse(refused.refusal());
      return null;
    }
    return hold;
  }

  private ModelPrice model(KeyHolder holder, String name) {
    return ListedModels.find(loop.parts().prices(), holder, name);
  }

  private void refuseFor(Throwable cause) {
    switch (cause) {
      case Refusal refusal -> refuse(refusal);
      case RequestFault fault when !resources.closed() -> {
        loop.metrics().refused(fault.refusal().code());
        caller.refuse(fault);
        resources.close();
      }
      case RequestFault _ -> {}
      default -> throw new IllegalStateException("a request could not be read", cause);
    }
  }

  private void failed() {
    refuse(new Refusal(ErrorCode.INTERNAL, "the request could not be read"));
  }

  @Override
  public void refuse(Refusal refusal) {
    if (resources.closed()) {
      return;
    }
    loop.metrics().refused(refusal.code());
    caller.refuse(refusal);
    resources.close();
  }
}
