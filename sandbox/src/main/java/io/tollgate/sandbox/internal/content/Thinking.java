package io.tollgate.sandbox.internal.content;

/**
 * What a request says of thinking before the answer.
 *
 * @param asked whether the model shall think although nothing is steered
 * @param maxTokens most tokens of it
 */
public record Thinking(boolean asked, int maxTokens) {
  /** Only when it is steered. */
  public static final Thinking UNASKED = new Thinking(false, Integer.MAX_VALUE);

  private static final int SHORTEST = 8;
  private static final int LENGTHS = 24;

  /** It was asked for, without a bound of its own. */
  public static Thinking freely() {
    return new Thinking(true, Integer.MAX_VALUE);
  }

  /** How much is thought of a question when nothing is steered. */
  int natural(long seed) {
    return asked
        ? Math.min(maxTokens, SHORTEST + (int) Long.remainderUnsigned(Seeds.mix(seed), LENGTHS))
        : 0;
  }
}
