package io.tollgate.identity;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.OptionalInt;

/**
 * Whom an API key stands for.
 *
 * @param externalId the user as sync, billing, events and the relay name them
 * @param currency the tenant's currency
 * @param requestsPerMinute the key's limit, if it has one
 */
public record KeyHolder(
    ApiKeyId key,
    TenantId tenant,
    UserId user,
    String externalId,
    Asset currency,
    OptionalInt requestsPerMinute) {}
