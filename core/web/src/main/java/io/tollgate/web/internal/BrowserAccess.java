package io.tollgate.web.internal;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.tollgate.web.BrowserOrigins;
import io.tollgate.web.Response;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets scripts of other web pages call an interface, as the Fetch standard has it
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). Never with the browser's credentials: a page
 * has a key of its own or none. Immutable.
 */
final class BrowserAccess {
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
  static final String EXPOSED = "X-Request-Id, X-Client-Request-Id, Retry-After";

  /** A list of header names. */
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, \\t-]{1,4096}");

  private final BrowserOrigins origins;
  private final String maxAge;

  BrowserAccess(BrowserOrigins origins, int maxAgeSeconds) {
    this.origins = origins;
    this.maxAge = Integer.toString(maxAgeSeconds);
  }

  /** Whether no page is allowed anything, so that nothing has to be looked at. */
  boolean isClosed() {
    return origins.isEmpty();
  }

  /** Grants access to the answer where the page may have it; says whether it does. */
  boolean grant(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!origins.all()) {
      // what is answered depends on it, also where a cache lies in between
      response.putHeader(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
    String origin = request.getHeader(HttpHeaderNames.ORIGIN);
    if (origin == null || !origins.allows(origin)) {
      return false;
    }
    response.putHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origins.all() ? "*" : origin);
    return true;
  }

  /** Whether a browser asks before it sends the request itself. */
  static boolean isPreflight(HttpServerRequest request) {
    return request.method().name().equals("OPTIONS")
        && request.headers().contains(HttpHeaderNames.ORIGIN)
        && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** The answer to a browser that asks, for a page that is allowed. */
  Response preflight(HttpServerRequest request) {
    Response answer =
        Response.empty(204)
            .withHeader("Access-Control-Allow-Methods", METHODS)
            .withHeader("Access-Control-Max-Age", maxAge)
            .withHeader(
                "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    return names(request.getHeader(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS))
        .map(names -> answer.withHeader("Access-Control-Allow-Headers", names))
        .orElse(answer);
  }

  /** Names the headers of an answer that its page may read, whichever of ours it has. */
  static void expose(HttpHeaders headers) {
    StringBuilder names = new StringBuilder(EXPOSED);
    for (Map.Entry<String, String> header : headers) {
      String name = header.getKey();
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-tollgate-")
          || lower.startsWith("x-ratelimit-")
          || lower.startsWith("anthropic-ratelimit-")) {
        names.append(", ").append(name);
      }
    }
    headers.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, names.toString());
  }

  private static Optional<String> names(@Nullable String requested) {
    return Optional.ofNullable(requested).filter(text -> NAMES.matcher(text).matches());
  }
}
