package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyAdmission;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Receives a request about files and batches: checks the key and counts the request among its own,
 * and ends the request whatever becomes of it. Confined to one event loop.
 */
abstract class OwnReception implements DeadlineWatch.Watched {
  final RelayLoop loop;
  final RequestResources resources;
  final RequestContext context;
  final CallerResponse caller;
  final KeptParts parts;
  final UpstreamProtocol protocol;
  private final long deadline;

  OwnReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol callers,
      KeptParts parts) {
    this.loop = resources.loop();
    this.resources = requireNonNull(resources, "resources is null");
    this.context = requireNonNull(context, "context is null");
    this.parts = requireNonNull(parts, "parts is null");
    protocol = loop.protocols().upstream(callers.protocol());
    request.pause();
    caller = new CallerResponse(resources, request, callers);
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  /** The key is known, and may ask. */
  abstract void ready(KeyHolder holder);

  void start() {
    resources.onFailure(
        _ -> refuse(new Refusal(ErrorCode.INTERNAL, "the request failed in the gateway")));
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

  /** Until the key is known. */
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
    resources.watch(_ -> {});
    ready(holder);
  }

  /** Runs what may wait beside the loop, and goes on here. */
  final <T> void beside(Supplier<T> work, Consumer<T> done) {
    resources.take(CompletableFuture.supplyAsync(work, parts.executor()), done, this::refuseFor);
  }

  final void answer(byte[] json) {
    caller.answerJson(json);
    resources.close();
  }

  final void failed(UpstreamError error) {
    if (!resources.closed()) {
      loop.metrics().refused(error.code());
      caller.refuse(error);
      resources.close();
    }
  }

  final void refuseFor(Throwable cause) {
    switch (cause) {
      case Refusal refusal -> refuse(refusal);
      case RequestFault fault when !resources.closed() -> {
        loop.metrics().refused(fault.refusal().code());
        caller.refuse(fault);
        resources.close();
      }
      case RequestFault _ -> {}
      case StreamedLines.Broken broken -> failed(broken.error());
      default -> throw new IllegalStateException("a request could not be served", cause);
    }
  }

  final void refuse(Refusal refusal) {
    if (!resources.closed()) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
      resources.close();
    }
  }
}
