package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/** A parameter that is a number, such as a multiple. */
public record NumberParameter(
    String name,
    Set<String> otherNames,
    Double usual,
    double least,
    double most,
    String description)
    implements StrategyParameter {
  public NumberParameter {
    requireNonNull(name, "name is null");
    otherNames = Set.copyOf(otherNames);
    requireNonNull(usual, "usual is null");
    requireNonNull(description, "description is null");
  }

  public NumberParameter(String name, double usual, double least, double most, String description) {
    this(name, Set.of(), usual, least, most, description);
  }

  /** The same with another value where none is given. */
  public NumberParameter withUsual(double other) {
    return new NumberParameter(name, otherNames, other, least, most, description);
  }

  @Override
  public String expected() {
    return "a number from " + GivenValues.shown(least) + " to " + GivenValues.shown(most);
  }

  @Override
  public Double read(String field, Object given) {
    return GivenValues.number(given)
        .filter(number -> number >= least && number <= most)
        .orElseThrow(() -> GivenValues.refused(field, given, expected()));
  }
}
