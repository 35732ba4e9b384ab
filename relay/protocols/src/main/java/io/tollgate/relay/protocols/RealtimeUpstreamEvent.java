package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** What a provider sends of a realtime session, as far as money depends on it. */
public sealed interface RealtimeUpstreamEvent {
  /** The session is there, or is set otherwise: the reader's terms tell how. */
  record Session() implements RealtimeUpstreamEvent {}

  /** A response has begun. */
  record Began(String response, RealtimeTap tap) implements RealtimeUpstreamEvent {
    public Began {
      requireNonNull(response, "response is null");
      requireNonNull(tap, "tap is null");
    }
  }

  /** Some of a response's output; its tap has counted it. */
  record Piece(String response) implements RealtimeUpstreamEvent {
    public Piece {
      requireNonNull(response, "response is null");
    }
  }

  /**
   * A response has ended; its tap has read the report.
   *
   * @param failed whether the provider says that it could not be made
   * @param rewritten the event to pass on instead, where it told of the account
   */
  record Done(String response, boolean failed, Optional<byte[]> rewritten)
      implements RealtimeUpstreamEvent {
    public Done {
      requireNonNull(response, "response is null");
      requireNonNull(rewritten, "rewritten is null");
    }
  }

  /** Somebody is heard to speak, which is going to be written down. */
  record Listening() implements RealtimeUpstreamEvent {}

  /**
   * What was said is complete, and is going to be written down.
   *
   * @param seconds of sound, rounded up
   */
  record Committed(String item, long seconds) implements RealtimeUpstreamEvent {
    public Committed {
      requireNonNull(item, "item is null");
    }
  }

  /** What was said has been written down. */
  record Transcribed(String item, RealtimeTranscript transcript) implements RealtimeUpstreamEvent {
    public Transcribed {
      requireNonNull(item, "item is null");
      requireNonNull(transcript, "transcript is null");
    }
  }

  /** What was said could not be written down. */
  record TranscriptionFailed(String item) implements RealtimeUpstreamEvent {
    public TranscriptionFailed {
      requireNonNull(item, "item is null");
    }
  }

  /**
   * Something is wrong; the session goes on.
   *
   * @param rewritten the event, cleaned of what tells of the account
   */
  record Failed(byte[] rewritten) implements RealtimeUpstreamEvent {
    public Failed {
      requireNonNull(rewritten, "rewritten is null");
    }
  }

  /** It tells of the account alone, and is not passed on. */
  record OfAccount() implements RealtimeUpstreamEvent {}

  /** Anything else. */
  record Other() implements RealtimeUpstreamEvent {}
}
