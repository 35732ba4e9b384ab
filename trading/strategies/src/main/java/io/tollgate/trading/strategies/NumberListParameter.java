package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A parameter that is several numbers, each greater than the one before. */
public record NumberListParameter(
    String name,
    List<Double> usual,
    double least,
    double most,
    int fewest,
    int longest,
    String description)
    implements StrategyParameter {
  public NumberListParameter {
    requireNonNull(name, "name is null");
    usual = List.copyOf(usual);
    requireNonNull(description, "description is null");
  }

  @Override
  public String expected() {
    return GivenValues.count(fewest, longest)
        + " rising numbers from "
        + GivenValues.shown(least)
        + " to "
        + GivenValues.shown(most);
  }

  @Override
  public List<Double> read(String field, Object given) {
    return GivenValues.list(given, fewest, longest)
        .flatMap(list -> GivenValues.<Double>each(list, GivenValues::number))
        .filter(numbers -> numbers.getFirst() >= least && numbers.getLast() <= most)
        .filter(GivenValues::rising)
        .orElseThrow(() -> GivenValues.refused(field, given, expected()));
  }
}
