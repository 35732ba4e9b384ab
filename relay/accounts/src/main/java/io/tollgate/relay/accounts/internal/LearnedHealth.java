package io.tollgate.relay.accounts.internal;

import io.tollgate.relay.accounts.HealthState;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Health as it is stored for all processes.
 *
 * @param rest what is left of it; zero where it is over, or without end
 * @param failure code of the latest
 * @param age of the latest failure
 * @param version new with every change; {@link #UNNUMBERED} where it did not come through the
 *     database
 */
record LearnedHealth(
    HealthSubject subject,
    HealthState state,
    Duration rest,
    Optional<String> failure,
    OptionalInt status,
    Duration age,
    long version) {
  /** No version of the database, which are all greater. */
  static final long UNNUMBERED = 0;
}
