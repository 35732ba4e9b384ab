package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A parameter that is several whole numbers, each greater than the one before. */
public record WholeListParameter(
    String name,
    List<Integer> usual,
    int least,
    int most,
    int fewest,
    int longest,
    String description)
    implements StrategyParameter {
  public WholeListParameter {
    requireNonNull(name, "name is null");
    usual = List.copyOf(usual);
    requireNonNull(description, "description is null");
  }

  @Override
  public String expected() {
    return GivenValues.count(fewest, longest)
        + " rising whole numbers from "
        + least
        + " to "
        + most;
  }

  @Override
  public List<Integer> read(String field, Object given) {
    return GivenValues.list(given, fewest, longest)
        .flatMap(list -> GivenValues.<Integer>each(list, GivenValues::whole))
        .filter(numbers -> numbers.getFirst() >= least && numbers.getLast() <= most)
        .filter(GivenValues::rising)
        .orElseThrow(() -> GivenValues.refused(field, given, expected()));
  }
}
