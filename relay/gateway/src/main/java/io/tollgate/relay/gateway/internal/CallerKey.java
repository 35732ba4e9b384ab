package io.tollgate.relay.gateway.internal;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Finds the caller's API key where the SDKs of the three protocols put it. */
final class CallerKey {
  private static final String BEARER = "Bearer ";
  private static final int MOST_LENGTH = 512;

  private CallerKey() {}

  static Optional<String> of(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return usable(authorization.substring(BEARER.length()));
    }
    String header = request.getHeader(Names.X_API_KEY);
    if (header == null) {
      header = request.getHeader(Names.X_GOOG_API_KEY);
    }
    if (header == null && request.query() != null) {
      header = request.getParam("key");
    }
    return header == null ? Optional.empty() : usable(header);
  }

  private static Optional<String> usable(String key) {
    String stripped = key.strip();
    return stripped.isEmpty() || stripped.length() > MOST_LENGTH
        ? Optional.empty()
        : Optional.of(stripped);
  }
}
