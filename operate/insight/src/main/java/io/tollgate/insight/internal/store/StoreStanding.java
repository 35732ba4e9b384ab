package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * How much a store holds.
 *
 * @param bytes on disk
 * @param oldest when the oldest of its requests arrived; empty where it has none
 */
public record StoreStanding(long rows, long bytes, Optional<Instant> oldest) {
  public StoreStanding {
    requireNonNull(oldest, "oldest is null");
  }
}
