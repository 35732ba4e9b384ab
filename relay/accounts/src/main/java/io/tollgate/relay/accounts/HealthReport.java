package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an account or a key is, as its gateways have told.
 *
 * @param until when its rest ends, where it rests for a time
 * @param failure why it was left the last time, however long ago
 */
public record HealthReport(
    HealthState state, Optional<Instant> until, Optional<LastFailure> failure) {
  public static final HealthReport HEALTHY =
      new HealthReport(HealthState.HEALTHY, Optional.empty(), Optional.empty());

  public HealthReport {
    requireNonNull(state, "state is null");
    requireNonNull(until, "until is null");
    requireNonNull(failure, "failure is null");
  }

  /**
   * A request that was not served.
   *
   * @param code as {@link AccountFailure#code}
   * @param status that it came with, where there was one
   */
  public record LastFailure(String code, OptionalInt status, Instant at) {
    public LastFailure {
      requireNonNull(code, "code is null");
      requireNonNull(status, "status is null");
      requireNonNull(at, "at is null");
    }
  }
}
