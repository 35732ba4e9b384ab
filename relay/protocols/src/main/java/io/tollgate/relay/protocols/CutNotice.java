package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a caller is told when their stream is ended early.
 *
 * @param code for programs, such as {@code insufficient_quota}
 * @param message for people
 * @param requestId names the answer where the upstream has given it no id yet
 * @param at when the request arrived; its time where the upstream has given none yet
 */
public record CutNotice(String code, String message, String requestId, Instant at) {
  public CutNotice {
    requireNonNull(code, "code is null");
    requireNonNull(message, "message is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(at, "at is null");
  }
}
