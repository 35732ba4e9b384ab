package io.tollgate.relay.gateway.internal.kept;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.accounts.KeptKind;
import io.tollgate.relay.accounts.KeptObject;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyAdmission;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.gateway.internal.upstream.ProviderCall;
import io.tollgate.relay.gateway.internal.upstream.UpstreamAnswer;
import io.tollgate.relay.gateway.internal.upstream.WholeBody;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.KeptRoute;
import io.tollgate.relay.protocols.UpstreamProtocol;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Receives a request about something that a provider keeps, finds whose it is and where, and passes
 * it on to that account. What is somebody else's is not there. Free.
 */
public final class KeptReception implements DeadlineWatch.Watched {
  private final RelayLoop loop;
  private final RequestResources resources;
  private final RequestContext context;
  private final CallerResponse caller;
  private final KeptRoute route;
  private final KeptParts parts;
  private final UpstreamProtocol protocol;
  private final String id;
  private final ResponseSettlement settlement;
  private final BatchSettlement batches;
  private final long deadline;

  public KeptReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      CallerProtocol callers,
      KeptRoute route,
      KeptParts parts) {
    this.loop = resources.loop();
    this.resources = requireNonNull(resources, "resources is null");
    this.context = requireNonNull(context, "context is null");
    this.route = requireNonNull(route, "route is null");
    this.parts = requireNonNull(parts, "parts is null");
    protocol = loop.protocols().upstream(callers.protocol());
    id = context.pathParam(KeptRoute.ID);
    settlement = new ResponseSettlement(parts, loop.parts());
    batches = new BatchSettlement(parts, loop.parts(), new ProviderReads());
    request.pause();
    caller = new CallerResponse(resources, request, callers);
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  public void start() {
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

  @Override
  public void tick(long now) {
    if (now - deadline > 0) {
      refuse(new Refusal(ErrorCode.UNAVAILABLE, "the request could not be looked at in time"));
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
    resources.take(
        parts.objects().find(kind(), id, holder.tenant(), holder.user()),
        found -> found.ifPresentOrElse(this::ask, () -> refuse(KeptRefusals.unknown(kind(), id))),
        this::unreadable);
  }

  private KeptKind kind() {
    return switch (route.kind()) {
      case FILE -> KeptKind.FILE;
      case BATCH -> KeptKind.BATCH;
      case RESPONSE -> KeptKind.RESPONSE;
    };
  }

  private void ask(KeptObject object) {
    Optional<ProviderAccount> account =
        loop.routing()
            .find(object.account(), object.keyId())
            .filter(found -> speaks(found, protocol.protocol()));
    if (account.isEmpty()) {
      refuse(KeptRefusals.away());
      return;
    }
    if (route.action() == KeptRoute.Action.DELETE && object.state() == KeptObject.State.RUNNING) {
      refuse(KeptRefusals.running(object));
      return;
    }
    boolean stream = asksForStream();
    new ProviderCall(
            resources,
            account.get(),
            protocol,
            new ProviderCall.Asked(
                HttpMethod.valueOf(route.method()),
                route.pathOf(KeptPaths.encoded(object.id())) + KeptPaths.query(caller.request()),
                stream ? "text/event-stream" : "application/json",
                Optional.empty(),
                caller.steering()),
            new Answers(object, account.get(), stream))
        .start();
  }

  private boolean asksForStream() {
    return route.action() == KeptRoute.Action.LOOK
        && "true".equals(caller.request().getParam("stream"));
  }

  private static boolean speaks(ProviderAccount account, Protocol wanted) {
    return account.protocols().contains(wanted);
  }

  /** Takes what the account answers. */
  private final class Answers implements ProviderCall.Listener {
    private final KeptObject object;
    private final ProviderAccount account;
    private final boolean stream;

    Answers(KeptObject object, ProviderAccount account, boolean stream) {
      this.object = object;
      this.account = account;
      this.stream = stream;
    }

    @Override
    public void answered(UpstreamAnswer answer, Optional<String> contentType) {
      if (route.action() == KeptRoute.Action.CONTENT) {
        new KeptContent(resources, caller, answer, contentType.orElse("application/octet-stream"))
            .start();
        return;
      }
      if (stream && contentType.filter(type -> type.contains("event-stream")).isPresent()) {
        new KeptStream(
                resources,
                caller,
                answer,
                protocol.keptStream(KeptTerms.of(loop, object, account, resources.id().toString())))
            .start();
        return;
      }
      new WholeBody(resources, answer, loop.config().answerLimit(), this::whole, this::failed)
          .read();
    }

    private void whole(byte[] body) {
      byte[] shown = protocol.keptBody(body, loop.calls().traces(account));
      switch (route.action()) {
        case DELETE ->
            resources.take(moved(KeptObject.State.DELETED), _ -> answer(shown), _ -> answer(shown));
        case LOOK, CANCEL -> {
          if (object.kind() != KeptKind.RESPONSE) {
            resources.take(told(shown), _ -> answer(shown), _ -> answer(shown));
          } else if (object.state() == KeptObject.State.RUNNING) {
            // should it have ended, it is charged now; else the job does it
            resources.take(settled(body), _ -> answer(shown), _ -> answer(shown));
          } else {
            answer(shown);
          }
        }
        case READ, CONTENT -> answer(shown);
      }
    }

    /**
     * Keeps what is told of a file or batch; a batch that has ended is charged before it is told.
     */
    private CompletableFuture<Boolean> told(byte[] body) {
      return CompletableFuture.supplyAsync(
          () -> {
            boolean over =
                object.kind() == KeptKind.BATCH
                    && object.state() == KeptObject.State.RUNNING
                    && batches.settle(loop, object, account, protocol, body);
            return parts
                .transactions()
                .write(
                    transaction -> {
                      parts
                          .objects()
                          .told(transaction, object, new String(body, StandardCharsets.UTF_8));
                      return over;
                    });
          },
          parts.executor());
    }

    private CompletableFuture<Boolean> settled(byte[] body) {
      return CompletableFuture.supplyAsync(
          () -> settlement.settle(object, account, protocol, body), parts.executor());
    }

    private CompletableFuture<Boolean> moved(KeptObject.State state) {
      return CompletableFuture.supplyAsync(
          () ->
              parts
                  .transactions()
                  .write(
                      transaction -> {
                        parts.objects().move(transaction, object, state);
                        return true;
                      }),
          parts.executor());
    }

    private void answer(byte[] shown) {
      caller.answerJson(shown);
      resources.close();
    }

    @Override
    public void failed(UpstreamError error) {
      KeptReception.this.failed(error);
    }
  }

  private void failed(UpstreamError error) {
    if (!resources.closed()) {
      loop.metrics().refused(error.code());
      caller.refuse(error);
      resources.close();
    }
  }

  private void unreadable(Throwable cause) {
    refuse(
        cause instanceof Refusal refusal
            ? refusal
            : new Refusal(ErrorCode.UNAVAILABLE, "it could not be looked up", cause));
  }

  private void refuse(Refusal refusal) {
    if (!resources.closed()) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
      resources.close();
    }
  }
}
