package io.tollgate.relay.protocols;

import io.tollgate.contracts.TokenUsage;

/**
 * The most that a report of usage may say to be believed.
 *
 * @param input tokens that were sent at most: no token takes less than a byte of the body; the
 *     model's context where the request names what is not in it
 * @param output tokens that were asked for at most, all choices together; bytes delivered count
 *     where they are more
 * @param factor how many times that is still believed, at least 1
 */
public record ReportBounds(long input, long output, int factor) {
  /** Nothing is known of the request: whatever any request can have is believed. */
  public static final ReportBounds NONE =
      new ReportBounds(TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1);

  public ReportBounds {
    requireAtLeast("input", input, 0);
    requireAtLeast("output", output, 0);
    requireAtLeast("factor", factor, 1);
  }

  /** Whether so much input is believed. */
  public boolean allowsInput(long tokens) {
    return within(tokens, input);
  }

  /** Whether so much output is believed of an answer of so many bytes. */
  public boolean allowsOutput(long tokens, long bytesPassed) {
    return within(tokens, Math.max(output, bytesPassed));
  }

  private boolean within(long tokens, long bound) {
    return tokens <= TokenUsage.MAX_TOKENS && tokens / factor <= bound;
  }

  private static void requireAtLeast(String what, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: >= " + min + ")");
    }
  }
}
