package io.tollgate.bench;

import java.util.Optional;

/**
 * What load is put on.
 *
 * @param name as the report shows it
 * @param port where it listens
 * @param pid its process
 * @param callers whom it knows
 * @param backlog what it does later of what a request costs, if anything
 */
record Target(String name, int port, long pid, Callers callers, Optional<Backlog> backlog) {
  Target(String name, int port, long pid, Callers callers) {
    this(name, port, pid, callers, Optional.empty());
  }
}
