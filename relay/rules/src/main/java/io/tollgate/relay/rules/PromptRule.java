package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the requests of a key are kept, with their answers.
 *
 * @param ttl for how long
 */
public record PromptRule(Duration ttl) {
  public PromptRule {
    requireNonNull(ttl, "ttl is null");
  }
}
