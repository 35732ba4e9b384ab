package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A rule for a cache as it was set. */
public record CacheRuleRow(long id, CacheRuleOrder set, Instant createdAt, Instant updatedAt) {
  public CacheRuleRow {
    requireNonNull(set, "set is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
