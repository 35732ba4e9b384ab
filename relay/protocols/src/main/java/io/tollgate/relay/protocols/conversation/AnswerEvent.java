package io.tollgate.relay.protocols.conversation;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Optional;

/**
 * A step of an answer as it comes. Parts are numbered from 0 in the order in which they begin; one
 * may begin before another has ended. Texts are views of the bytes just read: who keeps one copies
 * it.
 */
public sealed interface AnswerEvent {
  /** A part begins. */
  record PartBegun(int part, PartBegin what) implements AnswerEvent {
    public PartBegun {
      requireNonNull(what, "what is null");
    }
  }

  /** More of a part: words, thoughts, or the JSON of a call's arguments. */
  record More(int part, JsonString text) implements AnswerEvent {
    public More {
      requireNonNull(text, "text is null");
    }
  }

  /** The signature of a part: of thinking, or of a call. */
  record Signed(int part, Signature signature) implements AnswerEvent {
    public Signed {
      requireNonNull(signature, "signature is null");
    }
  }

  /** A part is complete. */
  record PartEnded(int part) implements AnswerEvent {}

  /** The answer has ended; parts that are still open end with it. Usage may still be told. */
  record Ended(FinishReason reason, Optional<JsonString> stopSequence) implements AnswerEvent {
    public Ended {
      requireNonNull(reason, "reason is null");
      requireNonNull(stopSequence, "stopSequence is null");
    }
  }

  /** The upstream tells of an error, in place of an answer or in the middle of one. */
  record Failed(UpstreamFault fault) implements AnswerEvent {
    public Failed {
      requireNonNull(fault, "fault is null");
    }
  }
}
