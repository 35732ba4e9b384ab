package io.tollgate.bench.load;

import java.util.Collection;

/** The middle of several measurements of one figure, with the least and the most seen. */
public record FigureSpread(double median, double least, double max) {
  /**
   * Of one measurement or more.
   *
   * @throws IllegalArgumentException for none
   */
  public static FigureSpread of(Collection<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("figures: none (expected: at least one)");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new FigureSpread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
