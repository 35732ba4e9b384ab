package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the edge knows of a request before its route sees it.
 *
 * @param requestId made by us, answered as {@code X-Request-Id}
 * @param clientRequestId the caller's own id, answered as {@code X-Client-Request-Id}; decides
 *     nothing
 * @param arrivedAt wall time of arrival
 * @param arrivedNanos {@link System#nanoTime} at arrival, for latencies
 * @param route the route's pattern, for metrics and logs
 * @param pathParams parameters of the route's pattern, decoded
 * @param remoteAddress the caller's address, without port; behind a trusted proxy the one it names
 */
public record RequestContext(
    ChargeId requestId,
    Optional<String> clientRequestId,
    Instant arrivedAt,
    long arrivedNanos,
    String route,
    Map<String, String> pathParams,
    String remoteAddress) {
  public RequestContext {
    requireNonNull(requestId, "requestId is null");
    requireNonNull(clientRequestId, "clientRequestId is null");
    requireNonNull(arrivedAt, "arrivedAt is null");
    requireNonNull(route, "route is null");
    pathParams = Map.copyOf(pathParams);
    requireNonNull(remoteAddress, "remoteAddress is null");
  }

  /**
   * A parameter of the route's pattern, decoded.
   *
   * @throws IllegalArgumentException when the pattern has no such parameter
   */
  public String pathParam(String name) {
    String value = pathParams.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "path parameter: " + name + " (the route is " + route + ")");
    }
    return value;
  }
}
