package io.tollgate.relay.protocols.conversation;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.internal.json.ByteSink;

/**
 * Writes one answer in its caller's protocol: the stream's events one after the other, or one
 * document at the end. Confined to one thread.
 */
public interface AnswerWriter {
  /** Whether a stream is written. */
  boolean stream();

  /** The content type of what is written. */
  String contentType();

  /**
   * Takes the next event, never {@link AnswerEvent.Failed}, and writes what can be written of it:
   * of a document nothing.
   */
  void write(AnswerEvent event, ByteSink out);

  /** The event went to the caller in the upstream's own bytes; nothing is to be written of it. */
  void passed(AnswerEvent event);

  /**
   * The answer is complete: the rest of the stream, or all of the document.
   *
   * @param usage what is charged, which the caller is told
   */
  void end(TokenUsage usage, ByteSink out);

  /** Ends a stream early in the protocol's own way: whole by its rules, with the reason why. */
  void cutShort(CutNotice why, TokenUsage usage, ByteSink out);

  /** Tells a stream's caller of an upstream's error; nothing follows. */
  void failed(UpstreamFault fault, ByteSink out);

  /** Tells a stream's caller of our own refusal; nothing follows. */
  void broken(Refusal refusal, ByteSink out);
}
