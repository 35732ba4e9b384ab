package io.tollgate.bench.charging;

import io.tollgate.bench.program.ProcessCost;
import java.io.IOException;

/**
 * Processor time of a call, in microseconds.
 *
 * @param program of the program
 * @param postgres of PostgreSQL, which the program started
 * @param callers of the backends that asked
 */
record ChargingCost(double program, double postgres, double callers) {
  /** Of what is called otherwise. */
  static final ChargingCost UNKNOWN = new ChargingCost(Double.NaN, Double.NaN, Double.NaN);

  /** Where the processes stand as a stretch begins. */
  record Begun(long program, ProcessCost called, ProcessCost calling) {
    static Begun now(long program) throws IOException {
      return new Begun(
          program, ProcessCost.of(program), ProcessCost.of(ProcessHandle.current().pid()));
    }

    ChargingCost since(long calls) throws IOException {
      Begun now = now(program);
      return new ChargingCost(
          each(now.called.ownTicks() - called.ownTicks(), calls),
          each(now.called.startedTicks() - called.startedTicks(), calls),
          each(now.calling.ownTicks() - calling.ownTicks(), calls));
    }

    private static double each(long ticks, long calls) {
      return ticks * (double) ProcessCost.TICK_MICROS / Math.max(1, calls);
    }
  }
}
