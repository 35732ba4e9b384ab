package io.tollgate.relay.protocols;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.conversation.Reasoning.Effort;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many tokens of thought each word for effort stands for: the one table by which what a caller
 * says of thinking becomes what an upstream is told. Immutable.
 */
public final class ThinkingTable {
  /** No model takes a budget of less. */
  public static final long MIN_TOKENS = 1024;

  public static final long MAX_TOKENS = 1_000_000;

  public static final ThinkingTable USUAL =
      parse("minimal=1024, low=2048, medium=8192, high=16384, xhigh=24576, max=32768");

  private final Map<Effort, Long> tokens;

  private ThinkingTable(Map<Effort, Long> tokens) {
    this.tokens = new EnumMap<>(tokens);
    long least = MIN_TOKENS;
    for (Effort effort : Effort.values()) {
      Long budget = tokens.get(effort);
      if (budget == null || budget < least || budget > MAX_TOKENS) {
        throw new IllegalArgumentException(
            word(effort)
                + ": "
                + (budget == null ? "missing" : budget)
                + " (expected: tokens, "
                + least
                + " to "
                + MAX_TOKENS
                + ", never less than for the word before)");
      }
      least = budget;
    }
  }

  /**
   * Reads a table as it is set: {@code minimal=1024, low=2048, …}, every word once.
   *
   * @throws IllegalArgumentException saying what was given and what was expected
   */
  public static ThinkingTable parse(String text) {
    Map<Effort, Long> tokens = new EnumMap<>(Effort.class);
    for (String entry : text.split(",", -1)) {
      String[] parts = entry.strip().split("=", 2);
      try {
        Effort effort = Effort.valueOf(parts[0].strip().toUpperCase(Locale.ROOT));
        if (parts.length < 2 || tokens.put(effort, Long.parseLong(parts[1].strip())) != null) {
          throw new IllegalArgumentException("given twice, or without a number");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + entry.strip() + "' (expected: " + expected() + ", each once)", e);
      }
    }
    return new ThinkingTable(tokens);
  }

  private static String expected() {
    StringBuilder words = new StringBuilder();
    for (Effort effort : Effort.values()) {
      words.append(words.isEmpty() ? "" : ", ").append(word(effort)).append("=<tokens>");
    }
    return words.toString();
  }

  /** The budget that a word stands for. */
  public long tokens(Effort effort) {
    return requireNonNull(tokens.get(effort), "every effort has a budget");
  }

  /** The greatest effort that a budget pays for, else the least of all. */
  public Effort paidBy(long budget) {
    Effort found = Effort.MINIMAL;
    for (Effort effort : Effort.values()) {
      if (tokens(effort) <= budget) {
        found = effort;
      }
    }
    return found;
  }

  /** Of the three words that every model which thinks by words takes, the nearest to a budget. */
  public Effort nearest(long budget) {
    if (budget <= tokens(Effort.LOW)) {
      return Effort.LOW;
    }
    return budget <= tokens(Effort.MEDIUM) ? Effort.MEDIUM : Effort.HIGH;
  }

  /** A word as protocols write it. */
  public static String word(Effort effort) {
    return effort.name().toLowerCase(Locale.ROOT);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return tokens.entrySet().stream()
        .map(each -> word(each.getKey()) + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ThinkingTable table && tokens.equals(table.tokens);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }
}
