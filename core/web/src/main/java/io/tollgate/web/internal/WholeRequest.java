package io.tollgate.web.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.web.Json;
import io.tollgate.web.Request;
import io.tollgate.web.RequestContext;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A request as a blocking route sees it. Headers are not changed by anybody after the body came.
 */
record WholeRequest(
    RequestContext context,
    String method,
    String path,
    String uri,
    MultiMap headers,
    QueryParameters parameters,
    byte[] body)
    implements Request {
  private static final String BEARER = "Bearer ";

  @Override
  public String pathParam(String name) {
    return context.pathParam(name);
  }

  @Override
  public Optional<String> query(String name) {
    List<String> all = parameters.all(name);
    if (all.stream().distinct().count() > 1) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, name + ": is given more than once (expected: one value)");
    }
    return all.stream().findFirst();
  }

  @Override
  public List<String> queryAll(String name) {
    return parameters.all(name);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public JsonNode json() {
    return Json.read(body);
  }

  @Override
  public Optional<String> bearerToken() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip())
        .filter(token -> !token.isEmpty());
  }
}
