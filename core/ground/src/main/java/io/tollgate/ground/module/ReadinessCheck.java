package io.tollgate.ground.module;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Something that must answer before a process can serve.
 *
 * @param name shown to callers, e.g. {@code database}
 * @param problem says what is wrong, or nothing; may block and may throw; its text is shown to
 *     callers and carries no secret
 */
public record ReadinessCheck(String name, Callable<Optional<String>> problem) {
  public ReadinessCheck {
    requireNonNull(name, "name is null");
    requireNonNull(problem, "problem is null");
  }
}
