package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A parameter that is one of a few words. */
public record ChoiceParameter(String name, String usual, List<String> choices, String description)
    implements StrategyParameter {
  public ChoiceParameter {
    requireNonNull(name, "name is null");
    requireNonNull(usual, "usual is null");
    choices = List.copyOf(choices);
    requireNonNull(description, "description is null");
  }

  @Override
  public String expected() {
    return "one of " + String.join(", ", choices);
  }

  @Override
  public String read(String field, Object given) {
    if (given instanceof String text && choices.contains(text)) {
      return text;
    }
    throw GivenValues.refused(field, given, expected());
  }
}
