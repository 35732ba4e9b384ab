package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/**
 * A relayed request as it is booked.
 *
 * @param inputTokens of all kinds that count as input
 * @param quotaTokens taken from free quota
 * @param paid taken from the user's money, smallest units of the currency
 * @param owed what the money did not cover
 */
public record BookedRequest(
    ChargeId charge,
    TenantId tenant,
    UserId user,
    Protocol platform,
    String model,
    long inputTokens,
    long outputTokens,
    Asset currency,
    long quotaTokens,
    long paid,
    long owed) {
  public BookedRequest {
    requireNonNull(charge, "charge is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(platform, "platform is null");
    requireNonNull(model, "model is null");
    requireNonNull(currency, "currency is null");
  }

  /** What it costs the user in money. */
  public long cost() {
    return Math.addExact(paid, owed);
  }
}
