package io.tollgate.relay.gateway.internal;

import io.tollgate.relay.gateway.internal.loop.RelayLoop;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;

/** The route of one kind of request that is charged by what it uses. */
public final class ChargedRoute implements StreamRoute {
  private final RelayLoop loop;
  private final CallerProtocol protocol;
  private final CallerRoute route;

  public ChargedRoute(RelayLoop loop, CallerProtocol protocol, CallerRoute route) {
    this.loop = loop;
    this.protocol = protocol;
    this.route = route;
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    RequestResources resources = new RequestResources(loop, context);
    // what fails in here holds nothing yet, and is answered by the server
    CallReception reception =
        new CallReception(resources, context, request, protocol, new AskedCall.Charged(route));
    resources.run(reception::start);
  }
}
