package io.tollgate.metering;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request in the books.
 *
 * @param usage what was charged; for a pending request the estimate is not shown: nothing yet
 * @param quotaTokens tokens paid by quotas
 * @param cost money charged, smallest units of the currency, what is owed included
 * @param upstreamCost what the upstream charges for it, nano USD; empty where that is not known
 * @param outcome whether it is settled, in doubt, or still under way
 */
public record UsageRecord(
    ChargeId charge,
    Instant openedAt,
    TenantId tenant,
    UserId user,
    ApiKeyId apiKey,
    OptionalLong upstreamAccount,
    Protocol protocol,
    String model,
    String upstreamModel,
    boolean stream,
    Optional<String> clientRequestId,
    int httpStatus,
    Optional<String> errorCode,
    int attempts,
    TokenUsage usage,
    long quotaTokens,
    Asset currency,
    String priceVersion,
    long cost,
    long owed,
    OptionalLong upstreamCost,
    long latencyMs,
    OptionalLong firstTokenMs,
    Outcome outcome) {

  /** Where a request stands in the books. */
  public enum Outcome {
    /** Charged by what it used. */
    SETTLED,
    /** Its process died before the result was written; charged by the tenant's rule. */
    IN_DOUBT,
    /** Under way, or waiting for the tenant to decide. */
    PENDING
  }
}
