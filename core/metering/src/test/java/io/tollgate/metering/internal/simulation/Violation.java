package io.tollgate.metering.internal.simulation;

/** Something that must always hold did not. */
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Violation(String message) {
    super(message, null, false, false);
  }
}
