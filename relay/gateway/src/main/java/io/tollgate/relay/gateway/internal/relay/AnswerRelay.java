package io.tollgate.relay.gateway.internal.relay;

import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.gateway.internal.passage.PassageConclusion;
import io.tollgate.relay.gateway.internal.provider.UpstreamError;
import java.util.OptionalLong;

/** Passes an answer from upstream on to the caller, up to its last piece. */
public interface AnswerRelay {
  /** Hears how it ended: exactly one of these, once. */
  public interface Listener {
    /** It was no answer, and nothing of it has reached the caller: another account may be tried. */
    void noAnswer(UpstreamError error);

    void ended(PassageConclusion conclusion);
  }

  void start();

  /** Takes bytes that have been read of the answer before it was started. */
  void begin(byte[] bytes);

  /** The caller hung up: reads on, within bounds, to learn the usage. */
  void callerGone(HangUpBounds bounds);

  void tick(long now);

  /** Ends it now, charged for what passed. */
  void giveUp(ErrorCode code);

  /**
   * The result is recorded and the caller answered: what is left of the upstream's answer is let
   * go.
   */
  void release();

  /** Whether a filter of the provider stopped the answer; asked when it has ended. */
  default boolean filtered() {
    return false;
  }

  /** {@link System#nanoTime} of the first content, if any came. */
  OptionalLong firstContentNanos();
}
