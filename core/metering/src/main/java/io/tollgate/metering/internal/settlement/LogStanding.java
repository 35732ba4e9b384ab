package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.internal.meterlog.LogPosition;
import java.util.UUID;

/**
 * How far a log is settled.
 *
 * @param position everything up to here is in the books
 * @param segment the oldest segment that recovery still needs: the one with the oldest intent whose
 *     result is not settled, or the one that the position is in
 */
public record LogStanding(UUID log, LogState state, LogPosition position, int segment) {
  public LogStanding {
    requireNonNull(log, "log is null");
    requireNonNull(state, "state is null");
    requireNonNull(position, "position is null");
    if (segment < 1) {
      throw new IllegalArgumentException("segment: " + segment + " (expected: >= 1)");
    }
  }
}
