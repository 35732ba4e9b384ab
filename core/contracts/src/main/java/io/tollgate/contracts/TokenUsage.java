package io.tollgate.contracts;

/**
 * Tokens of one request, normalised over the protocols.
 *
 * @param input all input tokens, those read from and written to a cache included
 * @param cached input tokens read from a cache; at most {@code input - cacheWrite}
 * @param cacheWrite input tokens written to a cache; at most {@code input - cached}
 * @param output all output tokens, reasoning included
 * @param reasoning output tokens spent on reasoning; at most {@code output}
 */
public record TokenUsage(long input, long cached, long cacheWrite, long output, long reasoning) {
  /** More tokens of one kind than any request can have; beyond it a report is not believed. */
  public static final long MOST = 1_000_000_000L;

  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

  public TokenUsage {
    requireWithin("input tokens", input, MOST);
    requireWithin("output tokens", output, MOST);
    requireWithin("cached tokens", cached, input);
    requireWithin("cache write tokens", cacheWrite, input - cached);
    requireWithin("reasoning tokens", reasoning, output);
  }

  public static TokenUsage of(long input, long output) {
    return new TokenUsage(input, 0, 0, output, 0);
  }

  /** Input and output together: what a token quota counts. */
  public long total() {
    return input + output;
  }

  private static void requireWithin(String what, long value, long most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(what + ": " + value + " (expected: 0 to " + most + ")");
    }
  }
}
