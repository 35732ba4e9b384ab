package io.tollgate.metering;

/** Metering cannot start on this data directory; the message says why, and what can be done. */
public final class MeteringStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MeteringStartException(String message) {
    super(message);
  }

  public MeteringStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
