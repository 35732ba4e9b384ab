package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

/**
 * Stands for a request in the cache: of a tenant, a model and a canonical form, of which it tells
 * nothing.
 *
 * @param hex 64 digits
 */
public record AnswerKey(String hex) {
  public AnswerKey {
    requireNonNull(hex, "hex is null");
  }
}
