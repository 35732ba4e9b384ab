package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import java.time.Instant;
import java.util.Optional;

/**
 * An answer as its caller got it.
 *
 * @param contentType of the body
 * @param body all of it, a stream's as well; not to be changed
 * @param usage that was charged for it
 * @param served the tier that its provider named
 * @param keptAt since when it is kept
 */
public record KeptAnswer(
    String contentType,
    byte[] body,
    TokenUsage usage,
    Optional<ServiceTier> served,
    Instant keptAt) {
  public KeptAnswer {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(body, "body is null");
    requireNonNull(usage, "usage is null");
    requireNonNull(served, "served is null");
    requireNonNull(keptAt, "keptAt is null");
  }
}
