package io.tollgate.ground.module;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a process says of itself.
 *
 * @param version of the program
 * @param startedAt when the process was started
 */
public record ProgramFacts(String version, Instant startedAt) {
  public ProgramFacts {
    requireNonNull(version, "version is null");
    requireNonNull(startedAt, "startedAt is null");
  }
}
