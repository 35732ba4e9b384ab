package io.tollgate.identity;

import io.tollgate.ground.TenantId;
import java.util.Optional;
import java.util.OptionalLong;

/** What a user is made from; what is left out gets the tenant's defaults. */
public record NewUser(
    TenantId tenant,
    Optional<String> externalId,
    Optional<String> email,
    Optional<String> password,
    OptionalLong monthlyFreeTokens) {}
