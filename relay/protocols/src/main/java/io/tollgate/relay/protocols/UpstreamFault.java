package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What an upstream said was wrong, cleaned of what tells whose account it was.
 *
 * @param status of HTTP, 400 to 599
 * @param message for the caller
 * @param type the upstream's class of the error, where it named one
 * @param code the upstream's code, where it named one
 * @param param the parameter it is about, where it named one
 */
public record UpstreamFault(
    int status,
    String message,
    Optional<String> type,
    Optional<String> code,
    Optional<String> param) {
  public UpstreamFault {
    requireNonNull(message, "message is null");
    requireNonNull(type, "type is null");
    requireNonNull(code, "code is null");
    requireNonNull(param, "param is null");
  }
}
