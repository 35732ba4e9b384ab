package io.tollgate.sandbox.internal.exchange;

import io.vertx.core.MultiMap;
import java.util.Optional;

/**
 * A request that was read whole.
 *
 * @param subject what stands in the path where the route has {@code {}}; empty where it has none
 * @param requestId what the caller named the request, or empty
 */
public record Asked(
    String subject, String requestId, MultiMap headers, MultiMap query, byte[] body) {
  /** A parameter of the query. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
