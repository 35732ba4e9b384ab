package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.gateway.internal.caller.BodyDecoding;
import io.tollgate.relay.gateway.internal.caller.BodyReader;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyAdmission;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.form.FormReading;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.FormRoute;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a request in: checks its key and limits, and reads its body, which may be large only where
 * its caller can pay for anything at all. What becomes of what was read says who extends this.
 * Confined to one event loop.
 */
abstract class CallAdmission implements DeadlineWatch.Watched {
  final RelayLoop loop;
  final RequestResources resources;
  final RequestContext context;
  final CallerResponse caller;
  final AskedCall asked;
  private final long deadline;

  CallAdmission(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol protocol,
      AskedCall asked) {
    this.loop = resources.loop();
    this.resources = resources;
    this.context = context;
    this.asked = asked;
    request.pause();
    caller = new CallerResponse(resources, request, protocol);
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  /** What is to be done for a body, which is read on any thread. */
  abstract Runnable parsed(KeyHolder holder, byte[] body);

  /** The same for a request that came as a form. */
  abstract Runnable parsed(KeyHolder holder, CallerRequest request);

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
    if (asked instanceof AskedCall.Charged(FormRoute route)
        && FormAdmission.isForm(caller.request())) {
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
                                .run(() -> parsed(holder, route.read(head, form, body))),
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

  /** Finds out what is to be done, here or beside the loop, and does it. */
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

  public void refuse(Refusal refusal) {
    if (resources.closed()) {
      return;
    }
    loop.metrics().refused(refusal.code());
    caller.refuse(refusal);
    resources.close();
  }
}
