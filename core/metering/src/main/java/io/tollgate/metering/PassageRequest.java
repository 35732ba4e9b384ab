package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a passage is to reserve and what it is about.
 *
 * @param protocol the upstream's
 * @param model as the caller named it
 * @param clientRequestId the caller's own id, for correlation only
 * @param estimate input tokens and output limit
 * @param least a smaller estimate that suffices to start (streams); equal to {@code estimate} where
 *     the whole must be covered
 */
public record PassageRequest(
    ChargeId charge,
    TenantId tenant,
    UserId user,
    ApiKeyId apiKey,
    Protocol protocol,
    String model,
    boolean stream,
    Optional<String> clientRequestId,
    Instant openedAt,
    PriceQuote quote,
    TokenUsage estimate,
    TokenUsage least) {
  public PassageRequest {
    requireNonNull(charge, "charge is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(protocol, "protocol is null");
    requireNonNull(model, "model is null");
    requireNonNull(clientRequestId, "clientRequestId is null");
    requireNonNull(openedAt, "openedAt is null");
    requireNonNull(quote, "quote is null");
    requireNonNull(estimate, "estimate is null");
    requireNonNull(least, "least is null");
  }
}
