package io.tollgate.trading.engine.execution.simulation;

/** Something that must always hold did not. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message, null, false, false);
  }
}
