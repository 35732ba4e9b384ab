package io.tollgate.relay.gateway.internal.caller;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.gateway.internal.http.HeaderNames;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the caller's API key where the SDKs of the three protocols put it. */
public final class CallerKey {
  private static final String BEARER = "Bearer ";
  private static final String PARAMETER = "key=";
  private static final int MAX_LENGTH = 512;

  private CallerKey() {}

  /**
   * @throws Refusal {@code INVALID_REQUEST} when it stands in the query and is encoded badly
   */
  public static Optional<String> of(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return usable(authorization.substring(BEARER.length()));
    }
    String header = request.getHeader(HeaderNames.X_API_KEY);
    if (header == null) {
      header = request.getHeader(HeaderNames.X_GOOG_API_KEY);
    }
    if (header == null && request.query() != null) {
      return inQuery(request.query());
    }
    return header == null ? Optional.empty() : usable(header);
  }

  /** Decodes nothing but the key: the rest of a query is not ours to judge. */
  private static Optional<String> inQuery(String query) {
    int at = query.startsWith(PARAMETER) ? 0 : query.indexOf("&" + PARAMETER) + 1;
    if (at == 0 && !query.startsWith(PARAMETER)) {
      return Optional.empty();
    }
    int from = at + PARAMETER.length();
    int end = query.indexOf('&', from);
    String written = query.substring(from, end < 0 ? query.length() : end);
    try {
      return usable(URLDecoder.decode(written, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      // what was given may be most of a key: it is not shown, nor kept as a cause
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "the key in the query is malformed (expected: percent-encoding, %XX)");
    }
  }

  private static Optional<String> usable(String key) {
    String stripped = key.strip();
    return stripped.isEmpty() || stripped.length() > MAX_LENGTH
        ? Optional.empty()
        : Optional.of(stripped);
  }
}
