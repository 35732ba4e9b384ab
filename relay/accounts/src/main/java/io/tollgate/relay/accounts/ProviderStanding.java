package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A stored provider and how many accounts there are with it.
 *
 * @param accounts that are not deleted
 * @param serving of them, those that are enabled and neither rest nor are banned
 */
public record ProviderStanding(
    long id,
    ProviderSettings settings,
    long accounts,
    long serving,
    Instant createdAt,
    Instant updatedAt) {
  public ProviderStanding {
    requireNonNull(settings, "settings is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
