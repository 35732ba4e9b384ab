package io.tollgate.sandbox.internal.served;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one answer is billed.
 *
 * @param input all tokens of the prompt, those of a cache included
 * @param output all tokens of the answer, reasoning included
 * @param further what else is counted; no zeros
 */
public record Usage(long input, long output, Map<Kind, Long> further) {
  /** Nothing at all. */
  public static final Usage NONE = new Usage(0, 0, Map.of());

  /** Tokens of one kind each way. */
  public static Usage of(long input, long output) {
    return new Usage(input, output, Map.of());
  }

  /** How much of a further kind. */
  public long get(Kind kind) {
    return further.isEmpty() ? 0 : further.getOrDefault(kind, 0L);
  }

  /** The same with so much of a kind, instead of what there was. */
  public Usage with(Kind kind, long amount) {
    if (amount == get(kind)) {
      return this;
    }
    EnumMap<Kind, Long> changed = new EnumMap<>(Kind.class);
    changed.putAll(further);
    if (amount == 0) {
      changed.remove(kind);
    } else {
      changed.put(kind, amount);
    }
    return new Usage(
        input, output, changed.isEmpty() ? Map.of() : Collections.unmodifiableMap(changed));
  }

  /** The same with another output. */
  public Usage withOutput(long tokens) {
    return new Usage(input, tokens, further);
  }

  /** What is billed although nothing was answered yet. */
  public Usage prompt() {
    Usage prompt = withOutput(0);
    for (Kind kind : further.keySet()) {
      if (!kind.isOfPrompt()) {
        prompt = prompt.with(kind, 0);
      }
    }
    return prompt;
  }

  /** Both together. */
  public Usage plus(Usage other) {
    return combined(other, 1);
  }

  /** This without the other, which may be more. */
  Usage minus(Usage other) {
    return combined(other, -1);
  }

  private Usage combined(Usage other, int sign) {
    Usage sum = new Usage(input + sign * other.input, output + sign * other.output, further);
    for (Map.Entry<Kind, Long> one : other.further.entrySet()) {
      sum = sum.with(one.getKey(), sum.get(one.getKey()) + sign * one.getValue());
    }
    return sum;
  }

  /** As it stands in the journal: {@code IN OUT} and, after the word between, the further kinds. */
  void kinds(StringBuilder line) {
    for (Map.Entry<Kind, Long> one : further.entrySet()) {
      line.append(' ').append(one.getKey().text()).append('=').append(one.getValue());
    }
  }
}
