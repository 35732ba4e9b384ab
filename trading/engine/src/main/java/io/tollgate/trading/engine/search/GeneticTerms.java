package io.tollgate.trading.engine.search;

/**
 * How a genetic search goes on.
 *
 * @param population combinations of each generation
 * @param generations how often the best have offspring
 * @param mutationRate share of values that are drawn anew
 * @param crossoverRate share of offspring that mix two parents
 * @param elite of the best that live on as they are
 * @param seed from which all chance comes: the same finds the same
 */
public record GeneticTerms(
    int population,
    int generations,
    double mutationRate,
    double crossoverRate,
    int elite,
    long seed) {
  public static final int MOST_POPULATION = 500;
  public static final int MOST_GENERATIONS = 200;

  /**
   * @throws IllegalArgumentException when one is out of its range
   */
  public GeneticTerms {
    require("population", population >= 2 && population <= MOST_POPULATION);
    require("generations", generations >= 1 && generations <= MOST_GENERATIONS);
    require("mutation_rate", mutationRate >= 0 && mutationRate <= 1);
    require("crossover_rate", crossoverRate >= 0 && crossoverRate <= 1);
    require("elite", elite >= 0 && elite < population);
  }

  private static void require(String name, boolean right) {
    if (!right) {
      throw new IllegalArgumentException(name + " is out of its range");
    }
  }
}
