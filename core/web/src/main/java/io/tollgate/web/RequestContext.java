package io.tollgate.web;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ChargeId;
import io.tollgate.telemetry.RequestTrace;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.spi.LoggingEventBuilder;

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
 * @param sheltered whether nobody on the way could read it: it came from this machine, or a trusted
 *     proxy says that it took it over TLS
 * @param trace its place in a trace; empty where it has none
 */
public record RequestContext(
    ChargeId requestId,
    Optional<String> clientRequestId,
    Instant arrivedAt,
    long arrivedNanos,
    String route,
    Map<String, String> pathParams,
    String remoteAddress,
    boolean sheltered,
    Optional<RequestTrace> trace) {
  public RequestContext {
    requireNonNull(requestId, "requestId is null");
    requireNonNull(clientRequestId, "clientRequestId is null");
    requireNonNull(arrivedAt, "arrivedAt is null");
    requireNonNull(route, "route is null");
    pathParams = Map.copyOf(pathParams);
    requireNonNull(remoteAddress, "remoteAddress is null");
    requireNonNull(trace, "trace is null");
  }

  /** Adds to a line of the log what the request is found by: its id, and its place in a trace. */
  public LoggingEventBuilder addTo(LoggingEventBuilder line) {
    LoggingEventBuilder named = line.addKeyValue("request_id", requestId.toString());
    return trace.isEmpty() ? named : trace.get().addTo(named);
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
