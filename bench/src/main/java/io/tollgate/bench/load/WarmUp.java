package io.tollgate.bench.load;

import io.tollgate.bench.BenchOptions;
import io.tollgate.bench.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts load on a target until its processor time per request is flat: the JVM has compiled what
 * matters, and whatever is remembered per user is there.
 *
 * @param seconds how long that took
 * @param flat whether it became flat within what was allowed
 */
public record WarmUp(int seconds, boolean flat) {
  /** No more than this share of the process's time still goes into compiling. */
  private static final double COMPILING = 0.03;

  /** As many stretches in a row must lie this close together. */
  private static final int ALIKE = 3;

  private static final double APART = 1.06;

  public static WarmUp of(
      BenchStand stand, LoadTarget target, Workload workload, BenchOptions options)
      throws IOException {
    List<Double> seen = new ArrayList<>();
    for (int i = 1; i <= options.warmUps(); i++) {
      StretchSample sample = stand.measure(target, workload, 0, options.seconds());
      System.out.println("warming up " + target.name() + " " + sample);
      seen.add(sample.allMicros());
      if (sample.compilerMicros() <= sample.cpuMicros() * COMPILING && isFlat(seen)) {
        return new WarmUp(i * options.seconds(), true);
      }
    }
    return new WarmUp(options.warmUps() * options.seconds(), false);
  }

  static boolean isFlat(List<Double> seen) {
    if (seen.size() < ALIKE) {
      return false;
    }
    FigureSpread last = FigureSpread.of(seen.subList(seen.size() - ALIKE, seen.size()));
    return last.max() <= last.least() * APART;
  }
}
