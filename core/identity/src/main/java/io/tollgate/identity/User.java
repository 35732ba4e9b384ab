package io.tollgate.identity;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A user of a tenant.
 *
 * @param externalId unique in the tenant; the number unless one was given
 * @param monthlyFreeTokens the user's own free quota of the relay per month, where it differs from
 *     the tenant's
 * @param root whether it is the tenant itself, made with it
 */
public record User(
    UserId id,
    TenantId tenant,
    String externalId,
    Optional<String> email,
    String inviteCode,
    boolean active,
    OptionalLong monthlyFreeTokens,
    Instant createdAt,
    boolean root) {}
