package io.tollgate.bench.load;

import io.tollgate.bench.program.SettlementBacklog;
import java.util.Optional;

/**
 * A process that load is put on.
 *
 * @param name as the report shows it
 * @param port where it listens
 * @param pid its process
 * @param callers whom it knows
 * @param backlog what it does later of what a request costs, if anything
 */
public record LoadTarget(
    String name, int port, long pid, BenchCallers callers, Optional<SettlementBacklog> backlog) {
  public LoadTarget(String name, int port, long pid, BenchCallers callers) {
    this(name, port, pid, callers, Optional.empty());
  }
}
