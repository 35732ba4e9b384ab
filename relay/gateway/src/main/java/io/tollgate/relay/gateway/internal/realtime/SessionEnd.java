package io.tollgate.relay.gateway.internal.realtime;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import java.util.Optional;

/**
 * Why a session ends, and what its caller is told.
 *
 * @param cause as metrics name it
 * @param code that the caller's side is closed with
 * @param reason beside the code
 * @param error told before, as an event
 * @param patience how long responses that run may go on before they are cancelled, milliseconds
 */
record SessionEnd(Cause cause, int code, String reason, Optional<Refusal> error, long patience) {
  /** Who ends it. */
  enum Cause {
    CALLER,
    PROVIDER,
    BROKEN,
    NO_MEANS,
    KEY,
    IDLE,
    TOO_LONG,
    STOP,
    MISUSE,
    MISTAKE
  }

  SessionEnd {
    requireNonNull(cause, "cause is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(error, "error is null");
  }

  static SessionEnd of(Cause cause, int code, Refusal error) {
    return new SessionEnd(cause, code, error.sentence(), Optional.of(error), 0);
  }

  static SessionEnd silent(Cause cause, int code, String reason) {
    return new SessionEnd(cause, code, reason, Optional.empty(), 0);
  }
}
