package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;

/**
 * A charge as its log tells it.
 *
 * @param sequence number of the result in its log
 */
public record SettledCharge(long sequence, Intent intent, Result result) {
  public SettledCharge {
    requireNonNull(intent, "intent is null");
    requireNonNull(result, "result is null");
    if (!intent.charge().equals(result.charge())) {
      throw new IllegalArgumentException(
          "result of " + result.charge() + " (expected: of " + intent.charge() + ")");
    }
  }
}
