package io.tollgate.metering.internal.meterlog;

import java.io.IOException;

/** A record or segment that must be there is missing, damaged, or another log's. */
public final class UnreadableLog extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableLog(String message) {
    super(message);
  }
}
