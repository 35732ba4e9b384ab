package io.tollgate.web;

import io.vertx.core.http.HttpServerRequest;

/** A route that runs on the event loop of its connection and never blocks. */
@FunctionalInterface
public interface StreamRoute {
  /**
   * Takes the request over. {@code X-Request-Id} and {@code X-Client-Request-Id} are set on the
   * response already; the deadline for the headers is past, the one for the body is the route's.
   */
  void handle(RequestContext context, HttpServerRequest request);
}
