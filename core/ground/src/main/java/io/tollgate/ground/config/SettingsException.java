package io.tollgate.ground.config;

/** A configuration that cannot be used; the message says what was given and what was expected. */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }
}
