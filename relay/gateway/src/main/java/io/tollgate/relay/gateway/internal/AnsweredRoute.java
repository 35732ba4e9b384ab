package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.FreeRoute;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;

/** The route of one kind of request that is answered here, free. */
public final class AnsweredRoute implements StreamRoute {
  private final RelayLoop loop;
  private final CallerProtocol protocol;
  private final FreeRoute route;

  public AnsweredRoute(RelayLoop loop, CallerProtocol protocol, FreeRoute route) {
    this.loop = loop;
    this.protocol = protocol;
    this.route = route;
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    RequestResources resources = new RequestResources(loop, context);
    CallReception reception =
        new CallReception(resources, context, request, protocol, new AskedCall.Free(route));
    resources.run(reception::start);
  }
}
