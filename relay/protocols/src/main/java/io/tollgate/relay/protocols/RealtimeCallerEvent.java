package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What a caller sends to a realtime session, as far as money depends on it. Immutable. */
public sealed interface RealtimeCallerEvent {
  /** The caller's own name of the event, which errors about it repeat. */
  Optional<String> eventId();

  /**
   * The session is to be set otherwise.
   *
   * @param model that the session is to have, where the event names one
   * @param then what the session is set to afterwards
   */
  record SessionUpdate(Optional<String> eventId, Optional<String> model, RealtimeTerms then)
      implements RealtimeCallerEvent {
    public SessionUpdate {
      requireNonNull(model, "model is null");
      requireNonNull(then, "then is null");
    }
  }

  /**
   * A response is to be made.
   *
   * @param need what it is estimated to take
   */
  record ResponseCreate(Optional<String> eventId, RealtimeNeed need)
      implements RealtimeCallerEvent {
    public ResponseCreate {
      requireNonNull(need, "need is null");
    }
  }

  /**
   * What was said is complete.
   *
   * @param seconds of sound, rounded up
   */
  record Commit(Optional<String> eventId, long seconds) implements RealtimeCallerEvent {}

  /** Anything else: it costs nothing by itself. */
  record Other(Optional<String> eventId) implements RealtimeCallerEvent {}
}
