package io.tollgate.relay.gateway.internal.realtime;

import io.tollgate.billing.ModelPrice;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.metering.PassageRequest;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.gateway.internal.caller.CallerKey;
import io.tollgate.relay.gateway.internal.caller.CallerResponse;
import io.tollgate.relay.gateway.internal.caller.KeyAdmission;
import io.tollgate.relay.gateway.internal.caller.KeyCheck;
import io.tollgate.relay.gateway.internal.loop.DeadlineWatch;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.SoldByToken;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Receives a request that is to become a session: checks its key, limits, model and means, and
 * finds an account that opens one. Only then is the caller's own request upgraded, so that whatever
 * is wrong before is a plain answer.
 */
public final class SessionReception implements DeadlineWatch.Watched, UpstreamSockets.Listener {
  private final RequestResources resources;
  private final RelayLoop loop;
  private final RealtimeSite site;
  private final RequestContext context;
  private final RequestHead head;
  private final RealtimeProtocol protocol;
  private final CallerResponse caller;
  private final SessionPrices prices;
  private final long deadline;
  private boolean calling;
  private @Nullable KeyHolder holder;
  private String key = "";
  private String askedModel = "";
  private @Nullable ModelPrice model;

  /** What sessions of one event loop share. */
  public record RealtimeSite(
      WebSocketClient client,
      RealtimeMeters meters,
      BiFunction<KeyHolder, String, ModelPrice> models) {}

  public SessionReception(
      RequestResources resources,
      RequestContext context,
      HttpServerRequest request,
      RequestHead head,
      CallerProtocol callers,
      RealtimeProtocol protocol,
      RealtimeSite site) {
    this.resources = resources;
    this.loop = resources.loop();
    this.site = site;
    this.context = context;
    this.head = head;
    this.protocol = protocol;
    request.pause();
    caller = new CallerResponse(resources, request, callers);
    prices = new SessionPrices(loop, context, protocol, site.models());
    deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(loop.config().moneyMs());
  }

  public void start() {
    resources.onFailure(
        _ -> refuse(new Refusal(ErrorCode.INTERNAL, "the session could not be opened")));
    if (!site.meters().tryBegin()) {
      refuse(busy("too many realtime sessions are open; try again soon"));
      return;
    }
    resources.hold(new Once(site.meters()::end));
    if (!resources.tryBegin()) {
      refuse(busy("too many requests are running; try again soon"));
      return;
    }
    caller.onGone(resources::close);
    resources.watch(this);
    Optional<String> presented;
    try {
      requireUpgrade();
      requireOrigin();
      askedModel = modelAsked();
      presented = CallerKey.of(caller.request()).or(() -> protocol.key(offered()));
    } catch (RequestFault fault) {
      refuse(fault);
      return;
    } catch (Refusal refusal) {
      refuse(refusal);
      return;
    }
    key = presented.orElse("");
    KeyCheck.of(resources, context, presented, this::known, this::refuse);
  }

  @Override
  public void tick(long now) {
    if (!calling && now - deadline > 0) {
      refuse(new Refusal(ErrorCode.UNAVAILABLE, "the session could not be checked in time"));
    }
  }

  private void requireUpgrade() {
    HttpServerRequest request = caller.request();
    require(HttpHeaders.UPGRADE, "websocket", request.getHeader(HttpHeaders.UPGRADE));
    require("Sec-WebSocket-Version", "13", request.getHeader("Sec-WebSocket-Version"));
    if (request.getHeader("Sec-WebSocket-Key") == null) {
      throw RequestFault.of("Sec-WebSocket-Key", "missing (expected: a WebSocket handshake)");
    }
    if (!String.valueOf(request.getHeader(HttpHeaders.CONNECTION))
        .toLowerCase(Locale.ROOT)
        .contains("upgrade")) {
      throw RequestFault.of("Connection", "does not say so (expected: Upgrade)");
    }
  }

  private static void require(CharSequence name, String expected, @Nullable String given) {
    if (given == null || !given.equalsIgnoreCase(expected)) {
      throw RequestFault.of(
          name.toString(),
          (given == null ? "missing" : "not supported") + " (expected: " + expected + ")");
    }
  }

  /** Browsers say which page opens a WebSocket, and ask nobody before. */
  private void requireOrigin() {
    HttpServerRequest request = caller.request();
    if (request.getHeader(HttpHeaders.ORIGIN) != null
        && !request.response().headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      throw new Refusal(
          ErrorCode.FORBIDDEN,
          "pages of this origin may not open a session (expected: one that a setting allows)");
    }
  }

  private String modelAsked() {
    for (String other : List.of("call_id", "intent")) {
      if (head.query(other).isPresent()) {
        throw RequestFault.of(other, "given (expected: model alone)");
      }
    }
    String named = head.query("model").orElse("");
    if (named.isEmpty()) {
      throw RequestFault.of("model", "missing (expected: ?model= with the name of a model)");
    }
    return named;
  }

  private List<String> offered() {
    String header = caller.request().getHeader("Sec-WebSocket-Protocol");
    return header == null ? List.of() : List.of(header.strip().split("\\s*,\\s*", -1));
  }

  private void known(KeyHolder found) {
    if (resources.closed()) {
      return;
    }
    holder = found;
    Optional<Refusal> refused = KeyAdmission.place(resources, found);
    if (refused.isPresent()) {
      refuse(refused.get());
      return;
    }
    PassageRequest least;
    try {
      if (loop.parts().ruled().rules().of(found.tenant(), found.key()).looksAtRequests()) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            "no sessions: the tenant has requests and answers looked at (expected: requests one"
                + " by one)");
      }
      ModelPrice priced = prices.model(found, askedModel);
      SoldByToken.requireTalk(askedModel, priced);
      model = priced;
      least = prices.least(found, askedModel);
    } catch (RequestFault fault) {
      refuse(fault);
      return;
    } catch (Refusal refusal) {
      refuse(refusal);
      return;
    }
    resources.take(
        loop.passages().check(least),
        _ -> call(),
        cause -> {
          if (cause instanceof Refusal refusal) {
            refuse(refusal);
          } else {
            throw new IllegalStateException("means could not be looked at", cause);
          }
        });
  }

  private void call() {
    ModelPrice priced = model;
    KeyHolder who = holder;
    if (resources.closed() || priced == null || who == null) {
      return;
    }
    calling = true;
    AccountQuery query =
        AccountQuery.of(Set.of(protocol.protocol()), priced.id())
            .of(who.tenant())
            .inGroups(who.groups());
    new UpstreamSockets(
            resources,
            site.client(),
            protocol,
            query,
            askedModel,
            protocol.headers(head, offered()),
            caller.steering(),
            this)
        .start();
  }

  @Override
  public void connected(WebSocket upstream, AccountUse use, int attempts) {
    // whatever becomes of the caller, both are ended
    resources.hold(
        new Once(
            () -> {
              use.released();
              if (!upstream.isClosed()) {
                var unused = upstream.close();
              }
            }));
    caller
        .request()
        .toWebSocket()
        .onComplete(
            resources.guarded(socket -> upgraded(socket, upstream, use, attempts)),
            resources.guarded(
                _ ->
                    refuse(
                        new Refusal(
                            ErrorCode.INVALID_REQUEST, "the WebSocket handshake is malformed"))));
  }

  private void upgraded(ServerWebSocket socket, WebSocket upstream, AccountUse use, int attempts) {
    caller.takenOver();
    ModelPrice priced = model;
    KeyHolder who = holder;
    if (resources.closed() || priced == null || who == null) {
      var unused = socket.close();
      return;
    }
    socket.pause();
    SessionParties parties =
        new SessionParties(
            context,
            protocol,
            key,
            priced,
            askedModel,
            use,
            UpstreamSockets.steered(use, caller.steering()));
    SessionPassages passages =
        new SessionPassages(
            resources,
            prices,
            who,
            askedModel,
            new RealtimePassage.Account(
                use.account().id().value(), parties.upstreamModel(), attempts));
    new RealtimeSession(
            resources,
            parties,
            protocol.reader(
                loop.parts().tokenCounter(), priced.id(), loop.calls().traces(use.account())),
            passages,
            prices,
            site.meters(),
            socket,
            upstream)
        .start();
  }

  @Override
  public void failed(UpstreamError error) {
    if (!resources.closed()) {
      loop.metrics().refused(error.code());
      caller.refuse(error);
      resources.close();
    }
  }

  private void refuse(RequestFault fault) {
    if (!resources.closed()) {
      loop.metrics().refused(fault.refusal().code());
      caller.refuse(fault);
      resources.close();
    }
  }

  private void refuse(Refusal refusal) {
    if (!resources.closed()) {
      loop.metrics().refused(refusal.code());
      caller.refuse(refusal);
      resources.close();
    }
  }

  private static Refusal busy(String sentence) {
    return new Refusal(ErrorCode.UNAVAILABLE, sentence).withRetryAfter(Duration.ofSeconds(1));
  }

  /** Given back once, however often it is asked for. */
  private static final class Once implements RequestResources.Held {
    private final Runnable action;
    private boolean done;

    Once(Runnable action) {
      this.action = action;
    }

    @Override
    public void giveBack() {
      if (!done) {
        done = true;
        action.run();
      }
    }
  }
}
