package io.tollgate.edge.portal;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.ListedRequest;
import io.tollgate.metering.UsageRecord;
import io.tollgate.relay.gateway.LoggedRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request as its user sees it: nothing of who served it, and of what that cost.
 *
 * @param status what the caller was answered; null where nobody knows
 * @param usage by its kinds
 * @param cost what is paid, in {@code currency}, what is owed included; null where nothing was
 *     charged, as with the currency
 * @param settled {@code settled}, {@code in_doubt} or {@code pending}; null where nothing is to be
 *     charged
 * @param requests how many requests the row stands for
 */
record MyRequestRow(
    String requestId,
    Instant createdAt,
    long apiKeyId,
    @Nullable String platform,
    @Nullable String model,
    boolean stream,
    @Nullable Integer status,
    @Nullable String errorCode,
    long inputTokens,
    long outputTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long reasoningTokens,
    Map<String, Long> usage,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    long quotaTokens,
    @Nullable BigDecimal owed,
    @Nullable String priceVersion,
    long latencyMs,
    @Nullable Long firstTokenMs,
    @Nullable String settled,
    @Nullable String clientRequestId,
    @Nullable String traceId,
    int requests) {

  static MyRequestRow of(ListedRequest row) {
    Optional<LoggedRequest> logged = row.request();
    return logged
        .map(request -> logged(row, request))
        .orElseGet(() -> booked(row, row.booked().orElseThrow()));
  }

  private static MyRequestRow logged(ListedRequest row, LoggedRequest request) {
    return of(
        row,
        new Head(
            request.id().toString(),
            request.arrivedAt(),
            request.payer().orElseThrow().key().value(),
            request.platform(),
            request.model(),
            request.stream(),
            request.status(),
            request.errorCode(),
            request.latencyMs(),
            request.firstTokenMs(),
            request.clientRequestId(),
            request.traceId()),
        row.booked().map(UsageRecord::usage).orElse(request.usage()));
  }

  private static MyRequestRow booked(ListedRequest row, UsageRecord record) {
    return of(
        row,
        new Head(
            record.charge().toString(),
            record.openedAt(),
            record.apiKey().value(),
            Optional.of(record.protocol().code()),
            Optional.of(record.model()),
            record.stream(),
            record.httpStatus(),
            record.errorCode(),
            record.latencyMs(),
            record.firstTokenMs(),
            record.clientRequestId(),
            Optional.empty()),
        record.usage());
  }

  /** What both the log and the books know. */
  private record Head(
      String id,
      Instant at,
      long key,
      Optional<String> platform,
      Optional<String> model,
      boolean stream,
      int status,
      Optional<String> errorCode,
      long latencyMs,
      OptionalLong firstTokenMs,
      Optional<String> clientRequestId,
      Optional<String> traceId) {}

  private static MyRequestRow of(ListedRequest row, Head head, TokenUsage usage) {
    Optional<ListedRequest.Cost> cost = row.cost();
    return new MyRequestRow(
        head.id,
        head.at,
        head.key,
        head.platform.orElse(null),
        head.model.orElse(null),
        head.stream,
        head.status == 0 ? null : (Integer) head.status,
        head.errorCode.orElse(null),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning(),
        byKind(usage),
        cost.map(each -> money(each, each.money())).orElse(null),
        cost.map(ListedRequest.Cost::currency).orElse(null),
        cost.map(ListedRequest.Cost::quotaTokens).orElse(0L),
        cost.map(each -> money(each, each.owed())).orElse(null),
        cost.map(ListedRequest.Cost::priceVersion).orElse(null),
        head.latencyMs,
        head.firstTokenMs.isPresent() ? (Long) head.firstTokenMs.getAsLong() : null,
        row.settled().map(outcome -> outcome.name().toLowerCase(Locale.ROOT)).orElse(null),
        head.clientRequestId.orElse(null),
        head.traceId.orElse(null),
        row.logged().map(logged -> logged.weight()).orElse(1));
  }

  private static BigDecimal money(ListedRequest.Cost cost, long units) {
    return new Amount(Asset.money(cost.currency()), units).toDecimal();
  }

  private static Map<String, Long> byKind(TokenUsage usage) {
    Map<String, Long> kinds = new LinkedHashMap<>();
    for (UsageKind kind : UsageKind.all()) {
      if (usage.count(kind) > 0) {
        kinds.put(kind.code(), usage.count(kind));
      }
    }
    return kinds;
  }
}
