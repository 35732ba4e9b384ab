package io.tollgate.relay.protocols.usage;

import io.tollgate.contracts.TokenUsage;

/**
 * The most that a request can have used, told without relying on its upstream.
 *
 * @param countedInput its input tokens as we count them
 * @param maxInput most input tokens that a report of it may hold
 * @param allowedOutput most output tokens that it allows; what is delivered beyond counts as well
 * @param factor how far a report may be above what we can see
 * @param maxToolCalls most calls of a tool that the provider runs, of each kind
 */
public record UsageBounds(
    long countedInput, long maxInput, long allowedOutput, int factor, long maxToolCalls) {
  private static final long USUAL_TOOL_CALLS = 1_000;

  /** What any request can come to. */
  public static final UsageBounds WIDEST =
      new UsageBounds(0, TokenUsage.MAX_TOKENS, TokenUsage.MAX_TOKENS, 1);

  public UsageBounds {
    if (countedInput < 0 || maxInput < 1 || allowedOutput < 1 || factor < 1 || maxToolCalls < 1) {
      throw new IllegalArgumentException(
          "bounds: "
              + countedInput
              + ", "
              + maxInput
              + ", "
              + allowedOutput
              + ", "
              + factor
              + ", "
              + maxToolCalls
              + " (expected: counts >= 0, limits and factor >= 1)");
    }
  }

  /** The same with as many calls of tools as any answer should need. */
  public UsageBounds(long countedInput, long maxInput, long allowedOutput, int factor) {
    this(countedInput, maxInput, allowedOutput, factor, USUAL_TOOL_CALLS);
  }

  /**
   * The bounds of one request.
   *
   * @param countedInput its input tokens as we count them
   * @param sentBytes bytes of its body: no token is less than a byte
   * @param namesMore whether it names what is not in it: a URL, a file, an earlier answer, a tool
   *     of the provider; then the model's context is the limit
   * @param contextTokens most input tokens that the model takes
   * @param allowedOutput most output tokens: the request's own limit, else the model's, for all
   *     choices
   * @param ownInput what an upstream may add to any request by itself: its system prompt
   * @param factor how far a report may be above what we can see
   */
  public static UsageBounds of(
      long countedInput,
      long sentBytes,
      boolean namesMore,
      long contextTokens,
      long allowedOutput,
      long ownInput,
      int factor) {
    long seen = Math.max(countedInput, namesMore ? Math.max(sentBytes, contextTokens) : sentBytes);
    long max = Math.min(TokenUsage.MAX_TOKENS, seen * factor + ownInput);
    return new UsageBounds(countedInput, Math.max(1, max), Math.max(1, allowedOutput), factor);
  }

  /** The same for a request that allows so many calls of a tool. */
  public UsageBounds allowingCalls(long max) {
    return new UsageBounds(countedInput, maxInput, allowedOutput, factor, max);
  }

  /** Most output tokens that a report may hold, after so much was delivered. */
  long maxOutput(DeliveredOutput delivered) {
    long seen = Math.max(allowedOutput, delivered.textBytes());
    return Math.min(TokenUsage.MAX_TOKENS, seen * factor);
  }
}
