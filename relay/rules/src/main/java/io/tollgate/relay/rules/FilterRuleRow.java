package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A rule for a filter as it was set.
 *
 * @param secret that the filter knows us by, where it was made just now: it is shown this once
 */
public record FilterRuleRow(
    long id, FilterRuleOrder set, Optional<String> secret, Instant createdAt, Instant updatedAt) {
  public FilterRuleRow {
    requireNonNull(set, "set is null");
    requireNonNull(secret, "secret is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "FilterRuleRow[id=" + id + "]";
  }
}
