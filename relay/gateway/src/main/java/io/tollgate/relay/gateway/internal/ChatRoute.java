package io.tollgate.relay.gateway.internal;

import io.tollgate.web.RequestContext;
import io.tollgate.web.StreamRoute;
import io.vertx.core.http.HttpServerRequest;

/** {@code POST /v1/chat/completions}. */
public final class ChatRoute implements StreamRoute {
  private final Loop loop;

  public ChatRoute(Loop loop) {
    this.loop = loop;
  }

  @Override
  public void handle(RequestContext context, HttpServerRequest request) {
    new ChatReception(loop, context, request).start();
  }
}
