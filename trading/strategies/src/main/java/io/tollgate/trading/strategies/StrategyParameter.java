package io.tollgate.trading.strategies;

import java.util.Set;

/**
 * A parameter of a strategy: its name, what may stand in it, and what stands in it if nobody says.
 */
public sealed interface StrategyParameter
    permits WholeParameter,
        NumberParameter,
        SwitchParameter,
        ChoiceParameter,
        WholeListParameter,
        NumberListParameter,
        PartsParameter {
  String name();

  /** Further names by which it is read. */
  default Set<String> otherNames() {
    return Set.of();
  }

  /** What it does, in a few words. */
  String description();

  /** Its value where none is given, as JSON has it: a number, boolean, text or list. */
  Object usual();

  /** What may stand in it, in words, such as {@code a whole number from 1 to 500}. */
  String expected();

  /**
   * Reads a given value.
   *
   * @param field by which the caller knows it
   * @param given as JSON has it: a number, boolean, text, list or map
   * @return of the type of {@link #usual()}
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not what is expected
   */
  Object read(String field, Object given);
}
