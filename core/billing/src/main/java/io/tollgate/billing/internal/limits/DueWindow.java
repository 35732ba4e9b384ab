package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A window that has not yet been given the amount of its limit.
 *
 * @param limit id of the limit
 * @param endsAt when the window ends; empty: never
 * @param missing whether it is to be opened when it is not there
 */
record DueWindow(long limit, WindowKey key, Optional<Instant> endsAt, boolean missing) {
  DueWindow {
    requireNonNull(key, "key is null");
    requireNonNull(endsAt, "endsAt is null");
  }
}
