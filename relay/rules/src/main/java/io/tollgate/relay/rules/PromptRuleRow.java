package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** A rule for what is kept, as it was set. */
public record PromptRuleRow(long id, PromptRuleOrder set, Instant createdAt, Instant updatedAt) {
  public PromptRuleRow {
    requireNonNull(set, "set is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
