package io.tollgate.edge.admin;

import io.tollgate.billing.ChargedPart;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.metering.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is listed.
 *
 * @param status what the caller was answered; null while the request is under way
 * @param usage how much of each kind of usage there is, by its code; the totals of tokens stand
 *     beside it
 * @param cost money charged, in the tenant's currency, what is owed included
 * @param quotaTokens tokens paid by free quota
 * @param upstreamCost what the upstream charges for it, in USD; null where that is not known
 * @param cache {@code hit} where the answer came from the cache; null else
 * @param settled {@code settled}, {@code in_doubt} or {@code pending}
 */
record RequestLogRow(
    String requestId,
    Instant createdAt,
    long tenantId,
    long userId,
    long apiKeyId,
    @Nullable Long accountId,
    String platform,
    String model,
    String upstreamModel,
    boolean stream,
    @Nullable Integer status,
    @Nullable String errorCode,
    int attempts,
    long inputTokens,
    long outputTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long reasoningTokens,
    Map<String, Long> usage,
    BigDecimal cost,
    String currency,
    long quotaTokens,
    BigDecimal owed,
    @Nullable BigDecimal upstreamCost,
    long latencyMs,
    @Nullable Long firstTokenMs,
    String settled,
    @Nullable String clientRequestId,
    String priceVersion,
    @Nullable String cache) {
  private static final Asset USD = Asset.money("USD");

  static RequestLogRow of(UsageRecord row) {
    TokenUsage usage = row.usage();
    return new RequestLogRow(
        row.charge().toString(),
        row.openedAt(),
        row.tenant().value(),
        row.user().value(),
        row.apiKey().value(),
        boxed(row.upstreamAccount()),
        row.protocol().code(),
        row.model(),
        row.upstreamModel(),
        row.stream(),
        row.httpStatus() == 0 ? null : (Integer) row.httpStatus(),
        row.errorCode().orElse(null),
        row.attempts(),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning(),
        UsageByKind.of(usage),
        new Amount(row.currency(), row.cost()).toDecimal(),
        row.currency().code(),
        row.quotaTokens(),
        new Amount(row.currency(), row.owed()).toDecimal(),
        usd(row.upstreamCost()),
        row.latencyMs(),
        boxed(row.firstTokenMs()),
        row.outcome().name().toLowerCase(Locale.ROOT),
        row.clientRequestId().orElse(null),
        row.priceVersion(),
        ChargedPart.in(row.priceVersion())
            .filter(part -> part.reason() == ChargedPart.Reason.CACHE_HIT)
            .map(_ -> "hit")
            .orElse(null));
  }

  private static @Nullable BigDecimal usd(OptionalLong nanos) {
    return nanos.isPresent() ? new Amount(USD, nanos.getAsLong()).toDecimal() : null;
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
