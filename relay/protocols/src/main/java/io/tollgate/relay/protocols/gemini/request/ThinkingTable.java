package io.tollgate.relay.protocols.gemini.request;

/**
 * How many tokens of thinking a word for its effort stands for, where a model is told a number, and
 * the other way round. Google's own interface for OpenAI's callers has the same numbers.
 *
 * @param low for the two lowest efforts
 * @param medium for the usual one
 * @param high for those above
 * @see <a href="https://ai.google.dev/gemini-api/docs/openai#thinking">Thinking</a>
 */
public record ThinkingTable(long low, long medium, long high) {
  public static final ThinkingTable USUAL = new ThinkingTable(1024, 8192, 24_576);

  public ThinkingTable {
    if (low < 1 || medium < low || high < medium) {
      throw new IllegalArgumentException(
          "tokens of thinking: "
              + low
              + ", "
              + medium
              + ", "
              + high
              + " (expected: >= 1 and none below the one before)");
    }
  }
}
