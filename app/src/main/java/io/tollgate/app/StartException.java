package io.tollgate.app;

/** The program cannot start or a command cannot run; the message says why and what to do. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    super(message);
  }
}
