package io.tollgate.relay.protocols.conversation;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.usage.ReportedUsage;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one answer of an upstream in its protocol, streamed or whole. It never throws for what an
 * upstream sends. Confined to one thread.
 */
public interface AnswerReader {
  /** What an event or a document was. */
  enum Kind {
    /** Part of an answer. */
    ANSWER,
    /** The stream's own end: nothing more is to come. */
    END,
    /** Sent because we asked for it; the caller did not. */
    OURS,
    /** An error, which was told. */
    ERROR,
    /** Well-formed, and nothing that we know; may be left out. */
    NOTHING,
    /** Not JSON. */
    UNREADABLE
  }

  /** Takes the data of one server-sent event. */
  Kind event(byte[] bytes, int from, int to, Consumer<AnswerEvent> out);

  /** Takes a whole document, and tells of it as if it had been streamed, its end included. */
  Kind document(byte[] bytes, int from, int to, Consumer<AnswerEvent> out);

  /** The id under which the upstream keeps the answer, once it is known. */
  default Optional<String> keptId() {
    return Optional.empty();
  }

  /** What has been reported of usage so far. */
  ReportedUsage usage();

  /** The service tier that served, where the upstream named one. */
  Optional<ServiceTier> tier();
}
