package io.tollgate.sandbox;

/** The sandbox provider could not be started; the message says why and what would mend it. */
public final class SandboxStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SandboxStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
