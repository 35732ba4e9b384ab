package io.tollgate.bench.load;

import io.tollgate.bench.report.LatencyCurve;
import java.util.List;

/**
 * One measured stretch of one target.
 *
 * @param requests answered 200 and whole within the stretch
 * @param errors answered otherwise or cut off
 * @param seconds length of the stretch
 * @param caughtUp how long it took afterwards until all of it was in the books, seconds
 * @param cpuMicros processor time of the target's process per request, microseconds
 * @param compilerMicros how much of it went into the JVM's compiler: what is not warm yet
 * @param postgresMicros the same for the processes it started (PostgreSQL)
 * @param memoryMib memory of the process, its share of shared pages, MiB
 * @param p50 latency of half of the requests, microseconds; p99 and p999 alike
 * @param curve latency for each of {@link LatencyCurve#SHARES}, microseconds
 */
public record StretchSample(
    long requests,
    long errors,
    double seconds,
    double caughtUp,
    double cpuMicros,
    double compilerMicros,
    double postgresMicros,
    double memoryMib,
    double postgresMemoryMib,
    double p50,
    double p99,
    double p999,
    List<Double> curve) {
  public StretchSample {
    curve = List.copyOf(curve);
  }

  public double perSecond() {
    return requests / seconds;
  }

  /** Processor time per request with PostgreSQL's counted in. */
  public double allMicros() {
    return cpuMicros + postgresMicros;
  }
}
