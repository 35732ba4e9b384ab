package io.tollgate.metering.internal.settlement;

/** A log lacks what it once had; the message says what can be done. */
public final class DamagedLog extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DamagedLog(String message) {
    super(message);
  }
}
