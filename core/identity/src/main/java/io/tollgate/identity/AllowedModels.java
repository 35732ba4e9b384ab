package io.tollgate.identity;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Which models a key may ask for: names, and beginnings of names with a * behind. Immutable. */
public final class AllowedModels {
  /** Every model. */
  public static final AllowedModels ALL = new AllowedModels(List.of());

  private static final int MAX_PATTERNS = 200;
  private static final int MAX_LENGTH = 100;

  private final List<String> patterns;
  private final Set<String> names = new HashSet<>();
  private final List<String> beginnings = new ArrayList<>();

  /** Beside these; empty: no others. */
  private final Optional<AllowedModels> outer;

  private AllowedModels(List<String> patterns) {
    this(patterns, Optional.empty());
  }

  private AllowedModels(List<String> patterns, Optional<AllowedModels> outer) {
    this.patterns = List.copyOf(patterns);
    this.outer = outer;
    for (String pattern : patterns) {
      if (pattern.endsWith("*")) {
        beginnings.add(pattern.substring(0, pattern.length() - 1));
      } else {
        names.add(pattern);
      }
    }
  }

  /**
   * Those of these patterns, 1 to 200.
   *
   * @throws Refusal {@code INVALID_REQUEST} naming the pattern that is none
   */
  public static AllowedModels of(List<String> patterns) {
    if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "models: "
              + patterns.size()
              + " of them (expected: 1 to "
              + MAX_PATTERNS
              + ", or null for all models)");
    }
    for (int i = 0; i < patterns.size(); i++) {
      if (!isPattern(patterns.get(i))) {
        throw GivenText.refused(
            "models[" + i + "]",
            patterns.get(i),
            "a model such as gpt-4o-mini, or a beginning with * behind such as gpt-4o*; 1 to "
                + MAX_LENGTH
                + " characters without spaces");
      }
    }
    return new AllowedModels(patterns);
  }

  private static boolean isPattern(String text) {
    int star = text.indexOf('*');
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && (star < 0 || star == text.length() - 1)
        && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  /** Those of them that others allow too. */
  public AllowedModels within(AllowedModels others) {
    if (others.equals(ALL)) {
      return this;
    }
    return equals(ALL) ? others : new AllowedModels(patterns, Optional.of(others));
  }

  /** Whether this model is among them. */
  public boolean allow(String model) {
    return among(model) && (outer.isEmpty() || outer.get().allow(model));
  }

  private boolean among(String model) {
    if (patterns.isEmpty() || names.contains(model)) {
      return true;
    }
    for (int i = 0; i < beginnings.size(); i++) {
      if (model.startsWith(beginnings.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** As they were given; empty: every model. */
  public List<String> patterns() {
    return patterns;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AllowedModels that
        && patterns.equals(that.patterns)
        && outer.equals(that.outer);
  }

  @Override
  public int hashCode() {
    return Objects.hash(patterns, outer);
  }

  @Override
  public String toString() {
    return (patterns.isEmpty() ? "all models" : patterns.toString())
        + outer.map(others -> " within " + others).orElse("");
  }
}
