package io.tollgate.relay.gateway;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request that is over, as it is logged: whose it was, what was asked of whom, how it ended and
 * what it costs. Never what was asked or answered.
 *
 * @param route its pattern
 * @param payer whose key it came with; empty where that is not known
 * @param platform protocol of the model's provider; empty where no model was found
 * @param model as the caller named it; empty where nothing was read of the request
 * @param status as the caller was answered; 499 when they hung up first
 * @param errorCode code of the error they were answered with
 * @param usage what is charged
 * @param charge what it cost; empty where nothing was recorded
 * @param traceId of the trace it belongs to, 32 hex digits; empty where it is in none
 * @param firstTokenMs from its arrival to the first byte of the answer's content
 */
public record LoggedRequest(
    ChargeId id,
    Instant arrivedAt,
    String route,
    Optional<Payer> payer,
    Optional<String> platform,
    Optional<String> model,
    Optional<String> upstreamModel,
    boolean stream,
    int status,
    Optional<String> errorCode,
    List<LoggedAttempt> attempts,
    TokenUsage usage,
    Optional<Cost> charge,
    Optional<String> clientRequestId,
    Optional<String> traceId,
    long latencyMs,
    OptionalLong firstTokenMs) {

  /** Whose key a request came with. */
  public record Payer(TenantId tenant, UserId user, ApiKeyId key) {
    public Payer {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(key, "key is null");
    }
  }

  /**
   * What a request cost.
   *
   * @param currency its code
   * @param quotaTokens paid by quotas
   * @param paid smallest units of the currency
   * @param owed what means did not cover, smallest units of the currency
   */
  public record Cost(String currency, String priceVersion, long quotaTokens, long paid, long owed) {
    public Cost {
      requireNonNull(currency, "currency is null");
      requireNonNull(priceVersion, "priceVersion is null");
    }
  }

  public LoggedRequest {
    requireNonNull(id, "id is null");
    requireNonNull(arrivedAt, "arrivedAt is null");
    requireNonNull(route, "route is null");
    requireNonNull(payer, "payer is null");
    requireNonNull(platform, "platform is null");
    requireNonNull(model, "model is null");
    requireNonNull(upstreamModel, "upstreamModel is null");
    requireNonNull(errorCode, "errorCode is null");
    attempts = List.copyOf(attempts);
    requireNonNull(usage, "usage is null");
    requireNonNull(charge, "charge is null");
    requireNonNull(clientRequestId, "clientRequestId is null");
    requireNonNull(traceId, "traceId is null");
    requireNonNull(firstTokenMs, "firstTokenMs is null");
  }
}
