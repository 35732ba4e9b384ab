package io.tollgate.relay.gateway.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.gateway.KeptParts;
import io.tollgate.relay.gateway.internal.kept.KeptReception;
import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.KeptRoute;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;

/** The route of requests about something that a provider keeps. */
public final class KeptObjectRoute implements StreamRoute {
  private final RelayLoop loop;
  private final CallerProtocol protocol;
  private final KeptRoute route;
  private final KeptParts parts;

  public KeptObjectRoute(
      RelayLoop loop, CallerProtocol protocol, KeptRoute route, KeptParts parts) {
    this.loop = requireNonNull(loop, "loop is null");
    this.protocol = requireNonNull(protocol, "protocol is null");
    this.route = requireNonNull(route, "route is null");
    this.parts = requireNonNull(parts, "parts is null");
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    RequestResources resources = new RequestResources(loop, context);
    KeptReception reception =
        new KeptReception(resources, context, request, protocol, route, parts);
    resources.run(reception::start);
  }
}
