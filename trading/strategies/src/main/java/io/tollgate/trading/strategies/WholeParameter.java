package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

/** A parameter that is a whole number, such as a period. */
public record WholeParameter(String name, Integer usual, int least, int most, String description)
    implements StrategyParameter {
  public WholeParameter {
    requireNonNull(name, "name is null");
    requireNonNull(usual, "usual is null");
    requireNonNull(description, "description is null");
  }

  /** The same with another value where none is given. */
  public WholeParameter withUsual(int other) {
    return new WholeParameter(name, other, least, most, description);
  }

  @Override
  public String expected() {
    return "a whole number from " + least + " to " + most;
  }

  @Override
  public Integer read(String field, Object given) {
    return GivenValues.whole(given)
        .filter(number -> number >= least && number <= most)
        .orElseThrow(() -> GivenValues.refused(field, given, expected()));
  }
}
