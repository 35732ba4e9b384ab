package io.tollgate.relay.protocols;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Refusal;
import java.util.Optional;

/**
 * Reads a streamed answer in passing and turns it into the caller's protocol. Give it every piece
 * as it arrives, in order, pass on what it returns, record the result, and pass on what {@link
 * #finish} returns. Where pieces are cut makes no difference to what is read or passed on. Memory
 * is bounded. Confined to one thread at a time.
 */
public interface StreamTap extends UsageTap {
  /** The content type of what goes to the caller: mostly server-sent events. */
  default String contentType() {
    return "text/event-stream; charset=utf-8";
  }

  /**
   * Takes the next piece.
   *
   * @param piece not to be changed afterwards
   * @return what may go to the caller now: the piece itself (the same array) where nothing is taken
   *     out or held back, maybe an array without bytes; nothing before it is known that this is an
   *     answer. Errors of the upstream are cleaned.
   */
  byte[] accept(byte[] piece);

  /**
   * What the stream is worth. Empty while that is not known: then nothing was passed on yet, and
   * another account can take over. To be asked after each piece until it is there, and once more
   * after {@link #finish}, when it tells an answer from an empty one.
   */
  Optional<AnswerVerdict> verdict();

  /** The answer is over: what was held back until the result is recorded. Once only. */
  byte[] finish();

  /**
   * The same with the protocol's end where everything that has begun is {@link #finished} and the
   * upstream has not sent it.
   */
  byte[] finishComplete();

  /** Whether the protocol's own end has come: nothing more is to be waited for. */
  boolean done();

  /** Whether everything that has begun has ended by the protocol's rules. */
  boolean finished();

  /**
   * Whether the end of everything that has begun and a report of usage have come: nothing but the
   * protocol's end is missing, and some upstreams never send it.
   */
  boolean allCome();

  /** Whether the upstream sent an error in the stream. */
  boolean errorSeen();

  /**
   * Ends a stream that the caller cannot pay for any further, in the protocol's own way, its last
   * byte included. To be written between whole events only, as {@link #accept} passes them, and
   * instead of {@link #finish}.
   *
   * @param why for programs and for people
   * @param usage what is charged, for a caller who asked to be told
   */
  byte[] cutShort(CutNotice why, TokenUsage usage);

  /** Tells of an error after the first byte: nothing follows, the connection is to be closed. */
  byte[] broken(Refusal refusal);
}
