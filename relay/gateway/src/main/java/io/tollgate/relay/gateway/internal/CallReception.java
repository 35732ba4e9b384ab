package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.TokenLimits;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.exchange.PassageExchange;
import io.tollgate.relay.gateway.internal.kept.BackgroundExchange;
import io.tollgate.relay.gateway.internal.kept.NamedKept;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.PricedCall;
import io.tollgate.relay.gateway.internal.passage.TokenHold;
import io.tollgate.relay.gateway.internal.upstream.UpstreamCalls;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.rules.RequestRule;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of a request that was let in and read: finds its model and price, where it must
 * go, and what a tenant's rules make of it. Nothing is reserved here; what passes becomes a {@link
 * PassageExchange}.
 */
final class CallReception extends CallAdmission implements RuledCall.Reception {
  // the account that keeps what the request goes on from, if it goes on
  private volatile Optional<ProviderAccountId> only = Optional.empty();

  CallReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol protocol,
      AskedCall asked) {
    super(resources, context, request, protocol, asked);
  }

  @Override
  Runnable parsed(KeyHolder holder, byte[] body) {
    HttpRequestHead head = new HttpRequestHead(context, caller.request());
    return switch (asked) {
      case AskedCall.Charged(CallerRoute route) -> {
        CallerRequest request = route.read(head, body);
        resources.note().wants(request.model(), request.stream());
        yield !request.kept().named() || loop.parts().kept().isEmpty()
            ? ruled(head, holder, route, request)
            : () -> named(head, holder, route, request);
      }
      case AskedCall.Free(FreeRoute route) ->
          free(holder, route.answer(head, body, loop.parts().tokenCounter()));
    };
  }

  @Override
  Runnable parsed(KeyHolder holder, CallerRequest request) {
    resources.note().wants(request.model(), request.stream());
    return charged(holder, request);
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
    resources.note().wants(answer.model(), false);
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
}
