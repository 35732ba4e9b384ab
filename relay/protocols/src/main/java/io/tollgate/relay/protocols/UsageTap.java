package io.tollgate.relay.protocols;

import io.tollgate.contracts.TokenUsage;
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

  /**
   * What the upstream reported, the last report if there are several; empty if none is believed.
   */
  Optional<TokenUsage> reported();

  /** Why a report was not believed. */
  Optional<String> disbelieved();

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
   * What is to be charged: the report, else what we counted; nothing when nothing was produced.
   *
   * @param countedInput input tokens as counted before
   * @param outputLimit most output tokens the request could produce; our own count is cut to it
   */
  default TokenUsage usage(long countedInput, long outputLimit) {
    Optional<TokenUsage> report = reported();
    if (report.isPresent()) {
      return report.get();
    }
    if (!contentSeen()) {
      return TokenUsage.NONE;
    }
    long output = Math.min(countedOutput(), outputLimit);
    return TokenUsage.of(
        Math.min(countedInput, TokenUsage.MAX_TOKENS), Math.min(output, TokenUsage.MAX_TOKENS));
  }
}
