package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.realtime.RealtimeMeters;
import io.tollgate.relay.gateway.internal.realtime.SessionReception;
import io.tollgate.relay.gateway.internal.realtime.SessionReception.RealtimeSite;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.RealtimeProtocol;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

/** The route of sessions over WebSocket. */
public final class RealtimeRoute implements StreamRoute {
  private final RelayLoop loop;
  private final CallerProtocol callers;
  private final RealtimeProtocol protocol;
  private final RealtimeSite site;

  public RealtimeRoute(
      RelayLoop loop,
      CallerProtocol callers,
      RealtimeProtocol protocol,
      WebSocketClient client,
      RealtimeMeters meters) {
    this.loop = loop;
    this.callers = callers;
    this.protocol = protocol;
    site =
        new RealtimeSite(
            client,
            meters,
            (holder, name) -> ListedModels.find(loop.parts().prices(), holder, name));
  }

  /** A client for the sessions of one event loop, made on that loop. */
  public static WebSocketClient client(RelayLoop loop) {
    int bytes = loop.config().realtime().messageBytes();
    return loop.vertx()
        .createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxFrameSize(bytes)
                .setMaxMessageSize(bytes)
                .setMaxConnections(Integer.MAX_VALUE)
                .setTcpNoDelay(true)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setConnectTimeout(loop.config().connectionMs()));
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    RequestResources resources = new RequestResources(loop, context);
    SessionReception reception =
        new SessionReception(
            resources,
            context,
            request,
            new HttpRequestHead(context, request),
            callers,
            protocol,
            site);
    resources.run(reception::start);
  }
}
