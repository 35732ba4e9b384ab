package io.tollgate.metering.internal.meterlog;

/**
 * The log can no longer be trusted to keep what it is given: a write fell short or an fsync failed.
 * Nothing further is accepted, also when the disk seems well again, for after a failed fsync the
 * system may have dropped pages it will never report again. The process has to end.
 */
public final class LogStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogStopped(String message) {
    super(message);
  }

  LogStopped(String message, Throwable cause) {
    super(message, cause);
  }
}
