package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

/** A parameter that is on or off. */
public record SwitchParameter(String name, Boolean usual, String description)
    implements StrategyParameter {
  public SwitchParameter {
    requireNonNull(name, "name is null");
    requireNonNull(usual, "usual is null");
    requireNonNull(description, "description is null");
  }

  @Override
  public String expected() {
    return "true or false";
  }

  @Override
  public Boolean read(String field, Object given) {
    if (given instanceof Boolean on) {
      return on;
    }
    throw GivenValues.refused(field, given, expected());
  }
}
