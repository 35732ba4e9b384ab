package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.Reasoning;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many tokens of thought each word for effort stands for, at models that think by a budget; and
 * back, at models that think by effort. Immutable.
 */
public final class ThinkingBudgets {
  /** No budget may be less. */
  public static final long MIN_TOKENS = 1024;

  public static final ThinkingBudgets DEFAULT =
      new ThinkingBudgets(
          Map.of(
              Reasoning.Effort.MINIMAL, MIN_TOKENS,
              Reasoning.Effort.LOW, 2048L,
              Reasoning.Effort.MEDIUM, 8192L,
              Reasoning.Effort.HIGH, 16384L,
              Reasoning.Effort.XHIGH, 24576L,
              Reasoning.Effort.MAX, 32768L));

  private final Map<Reasoning.Effort, Long> tokens;

  /**
   * @param tokens for each word, at least {@link #MIN_TOKENS}, never less than for the one before
   */
  public ThinkingBudgets(Map<Reasoning.Effort, Long> tokens) {
    this.tokens = new EnumMap<>(tokens);
    long least = MIN_TOKENS;
    for (Reasoning.Effort effort : Reasoning.Effort.values()) {
      Long budget = tokens.get(effort);
      if (budget == null || budget < least) {
        throw new IllegalArgumentException(
            "thinking budget " + effort + ": " + budget + " (expected: >= " + least + ")");
      }
      least = budget;
    }
  }

  long tokens(Reasoning.Effort effort) {
    return requireNonNull(tokens.get(effort), "every effort has a budget");
  }

  /** The greatest effort that a budget pays for, else the least of all. */
  Reasoning.Effort effort(long budget) {
    Reasoning.Effort found = Reasoning.Effort.MINIMAL;
    for (Reasoning.Effort effort : Reasoning.Effort.values()) {
      if (tokens(effort) <= budget) {
        found = effort;
      }
    }
    return found;
  }
}
