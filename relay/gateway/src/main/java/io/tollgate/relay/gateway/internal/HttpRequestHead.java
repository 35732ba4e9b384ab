package io.tollgate.relay.gateway.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.web.RequestContext;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The head of an HTTP request, in the form that protocols read. */
record HttpRequestHead(RequestContext context, HttpServerRequest request) implements RequestHead {
  HttpRequestHead {
    requireNonNull(context, "context is null");
    requireNonNull(request, "request is null");
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(request.getParam(name));
  }

  @Override
  public Optional<String> pathParameter(String name) {
    return Optional.ofNullable(context.pathParams().get(name));
  }
}
