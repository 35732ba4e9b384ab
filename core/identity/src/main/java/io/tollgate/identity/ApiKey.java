package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * An API key as administrators see it, without its secret.
 *
 * @param prefix the first characters of its secret, by which its owner knows it
 * @param retiringUntil until when the secret before the last rotation is still taken
 * @param lasting whether it was made to last; else it is a session's own
 */
public record ApiKey(
    ApiKeyId id,
    TenantId tenant,
    UserId user,
    KeyTerms terms,
    boolean enabled,
    String prefix,
    Optional<Instant> retiringUntil,
    boolean lasting,
    Instant createdAt,
    Instant updatedAt) {
  public ApiKey {
    requireNonNull(id, "id is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(terms, "terms is null");
    requireNonNull(prefix, "prefix is null");
    requireNonNull(retiringUntil, "retiringUntil is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
