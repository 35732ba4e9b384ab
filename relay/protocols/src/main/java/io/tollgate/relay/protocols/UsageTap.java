package io.tollgate.relay.protocols;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.Disbelief;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.Optional;

/**
 * Reads what an answer costs while it passes. Give it every piece as it arrives, in order, pass on
 * what it returns, settle, and pass on what {@link #finish} returns. Where pieces are cut makes no
 * difference to what is read or passed on. Memory is bounded; an answer that cannot be read passes
 * all the same. Confined to one thread at a time.
 */
public interface UsageTap {
  /**
   * Takes the next piece.
   *
   * @param piece not to be changed afterwards
   * @return what may go to the caller now: the piece itself (the same array) where nothing is taken
   *     out or held back, maybe an array without bytes
   */
  byte[] accept(byte[] piece);

  /** The answer is over: what was held back until everything is settled. Once only. */
  byte[] finish();

  /** Whether anything was produced: text, a refusal, a tool call. */
  boolean contentSeen();

  /** Output tokens delivered so far, counted by us; costs some microseconds. */
  long countedOutput();

  /**
   * The same for free, mostly some hundred more at most: to see whether it is time to compare
   * {@link #countedOutput} with a reservation.
   */
  long roughOutput();

  /**
   * What is charged for the answer as far as it came: the upstream's report where it can be true,
   * else what we counted; nothing when nothing was produced.
   */
  ChargedUsage charged(UsageBounds bounds);

  /** The upstream's report, if there is one that can be true of any request. */
  default Optional<TokenUsage> reported() {
    ChargedUsage charged = charged(UsageBounds.WIDEST);
    return charged.reported() ? Optional.of(charged.usage()) : Optional.empty();
  }

  /** Why a report was not believed. */
  default Optional<String> disbelieved() {
    return charged(UsageBounds.WIDEST).disbelief().map(Disbelief::sentence);
  }

  /**
   * What is to be charged: the report, else what we counted; nothing when nothing was produced.
   *
   * @param countedInput input tokens as counted before
   * @param outputLimit most output tokens that the request allows
   */
  default TokenUsage usage(long countedInput, long outputLimit) {
    return charged(new UsageBounds(countedInput, TokenUsage.MAX_TOKENS, outputLimit, 1)).usage();
  }
}
