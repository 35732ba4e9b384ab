package io.tollgate.relay.gateway.internal;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.identity.RequestLimits.Decision;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.web.RequestContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chat completion before it costs anything: whose key, how many a minute, the body, the model and
 * its price. What passes becomes an {@link Exchange}.
 */
final class ChatReception {
  private static final Logger log = LoggerFactory.getLogger(ChatReception.class);

  private final Loop loop;
  private final RequestContext context;
  private final Caller caller;
  private final CallerRoute route;
  private @Nullable BodyReader bodyReader;
  private boolean over;

  ChatReception(
      Loop loop,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol protocol,
      CallerRoute route) {
    this.loop = loop;
    this.context = context;
    this.route = route;
    request.pause();
    caller = new Caller(request, protocol, context.requestId().toString());
  }

  void start() {
    if (!loop.tryBegin()) {
      loop.metrics().refused(ErrorCode.UNAVAILABLE);
      caller.refuse(
          new Refusal(ErrorCode.UNAVAILABLE, "too many requests are running; try again soon")
              .withRetryAfter(Duration.ofSeconds(1)));
      return;
    }
    caller.onGone(this::over);
    KeyCheck.of(loop, caller.request(), this::known, this::refuse);
  }

  private void known(KeyHolder holder) {
    if (over) {
      return;
    }
    Decision decision = loop.parts().requestLimits().tryAcquire(holder);
    caller.rate(decision);
    if (decision instanceof Decision.Refused refused) {
      refuse(
          new Refusal(
                  ErrorCode.RATE_LIMITED,
                  "the key's limit of " + refused.limit() + " requests a minute is reached")
              .withRetryAfter(refused.retryAfter()));
      return;
    }
    bodyReader =
        new BodyReader(loop, caller.request(), body -> received(holder, body), this::refuse);
    bodyReader.read();
  }

  private void received(KeyHolder holder, Buffer body) {
    try {
      CallerRequest request =
          route.read(new HttpRequestHead(context, caller.request()), Bytes.of(body));
      ChatCall call = ChatCall.of(loop, context, holder, request, model(request.model()));
      UpstreamCall upstream =
          loop.protocols().upstream(request.protocol()).call(request, request.model());
      new Exchange(loop, caller, call, upstream, this::over).start();
    } catch (RequestFault fault) {
      loop.metrics().refused(fault.refusal().code());
      caller.refuse(fault);
      over();
    } catch (Refusal refusal) {
      refuse(refusal);
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("request_id", context.requestId())
          .log("a request could not be read");
      refuse(new Refusal(ErrorCode.INTERNAL, "the request could not be read"));
    }
  }

  private ModelPrice model(String name) {
    Optional<ModelPrice> model = loop.parts().prices().find(name);
    return model.orElseThrow(() -> Models.unknown(name));
  }

  private void refuse(Refusal refusal) {
    if (over) {
      return;
    }
    loop.metrics().refused(refusal.code());
    caller.refuse(refusal);
    over();
  }

  private void over() {
    if (over) {
      return;
    }
    over = true;
    if (bodyReader != null) {
      bodyReader.release();
    }
    loop.end();
  }
}
