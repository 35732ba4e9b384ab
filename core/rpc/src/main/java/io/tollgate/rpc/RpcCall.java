package io.tollgate.rpc;

import static java.util.Objects.requireNonNull;

import io.grpc.Context;
import io.grpc.Metadata;
import io.tollgate.ground.ChargeId;
import io.tollgate.telemetry.RequestTrace;
import java.util.Optional;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What the server knows of a call before its method sees it.
 *
 * @param id made by us, answered as metadata {@code x-request-id}
 * @param clientId the caller's own id, answered as {@code x-client-request-id}; decides nothing
 * @param metadata as the caller sent it; may hold secrets
 * @param remoteAddress the caller's address, without port
 * @param trace its place in a trace; empty where it has none
 */
public record RpcCall(
    ChargeId id,
    Optional<String> clientId,
    Metadata metadata,
    String remoteAddress,
    Optional<RequestTrace> trace) {
  private static final Context.Key<RpcCall> CURRENT = Context.key("tollgate-call");
  private static final Metadata.Key<String> SERVICE_TOKEN =
      Metadata.Key.of("x-service-token", Metadata.ASCII_STRING_MARSHALLER);
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "bearer ";

  public RpcCall {
    requireNonNull(id, "id is null");
    requireNonNull(clientId, "clientId is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(remoteAddress, "remoteAddress is null");
    requireNonNull(trace, "trace is null");
  }

  /**
   * The call that the current thread serves.
   *
   * @throws IllegalStateException when it serves none
   */
  public static RpcCall current() {
    RpcCall call = CURRENT.get();
    if (call == null) {
      throw new IllegalStateException("no call is served here (expected: a method of a service)");
    }
    return call;
  }

  /** Adds to a line of the log what the call is found by: its id, and its place in a trace. */
  public LoggingEventBuilder addTo(LoggingEventBuilder line) {
    LoggingEventBuilder named = line.addKeyValue("request_id", id.toString());
    return trace.isEmpty() ? named : trace.get().addTo(named);
  }

  /** A context in which this is the current call. */
  public Context in(Context outer) {
    return outer.withValue(CURRENT, this);
  }

  /** The token of a tenant's backend, where one was sent. */
  public Optional<String> serviceToken() {
    return Optional.ofNullable(metadata.get(SERVICE_TOKEN)).filter(token -> !token.isEmpty());
  }

  /** The token after {@code Bearer}, where one was sent. */
  public Optional<String> bearerToken() {
    String given = metadata.get(AUTHORIZATION);
    if (given == null
        || given.length() <= BEARER.length()
        || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return Optional.of(given.substring(BEARER.length()).strip()).filter(token -> !token.isEmpty());
  }

  /** Without what may be secret. */
  @Override
  public String toString() {
    return "RpcCall[id=" + id + "]";
  }
}
