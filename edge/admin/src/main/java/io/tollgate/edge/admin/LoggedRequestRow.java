package io.tollgate.edge.admin;

import io.tollgate.billing.ChargedPart;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.ListedRequest;
import io.tollgate.insight.LoggedRow;
import io.tollgate.metering.UsageRecord;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is listed.
 *
 * @param route null where only the books know of it
 * @param tenantId null where nobody knows whose request it is, as with the two that follow
 * @param accountId provider account that was asked last; null where none was
 * @param status what the caller was answered; null where nobody knows
 * @param attempts calls made upstream
 * @param calls the same one by one, in their order, as far as they are known
 * @param cost what the user pays, in {@code currency}, what is owed included; null where nothing
 *     was charged, as with the currency and the price version
 * @param upstreamCost what the upstream charges for it, in USD; null where that is not known
 * @param settled {@code settled}, {@code in_doubt} or {@code pending}; null where nothing is to be
 *     charged
 * @param cache {@code hit} where the answer came from the cache; null else
 * @param requests how many requests the row stands for: more than one where a flood of refused ones
 *     was sampled
 */
record LoggedRequestRow(
    String requestId,
    Instant createdAt,
    @Nullable String route,
    @Nullable Long tenantId,
    @Nullable Long userId,
    @Nullable Long apiKeyId,
    @Nullable Long accountId,
    @Nullable String platform,
    @Nullable String model,
    @Nullable String upstreamModel,
    boolean stream,
    @Nullable Integer status,
    @Nullable String errorCode,
    int attempts,
    List<Call> calls,
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
    @Nullable BigDecimal upstreamCost,
    @Nullable String priceVersion,
    long latencyMs,
    @Nullable Long firstTokenMs,
    @Nullable String settled,
    @Nullable String clientRequestId,
    @Nullable String traceId,
    @Nullable String cache,
    int requests) {
  private static final Asset USD = Asset.money("USD");

  /**
   * One call upstream.
   *
   * @param startedMs from the request's arrival
   * @param outcome {@code answered}, or the code of what kept the account from answering
   */
  record Call(long accountId, String model, long startedMs, long durationMs, String outcome) {
    static Call of(LoggedAttempt attempt) {
      return new Call(
          attempt.account(),
          attempt.model(),
          attempt.startedMs(),
          attempt.durationMs(),
          attempt.outcome());
    }
  }

  static LoggedRequestRow of(ListedRequest row) {
    return row.logged()
        .map(logged -> logged(row, logged))
        .orElseGet(() -> booked(row, row.booked().orElseThrow()));
  }

  private static LoggedRequestRow logged(ListedRequest row, LoggedRow logged) {
    LoggedRequest request = logged.request();
    TokenUsage usage = row.booked().map(UsageRecord::usage).orElse(request.usage());
    Optional<LoggedRequest.Payer> payer = request.payer();
    Optional<ListedRequest.Cost> cost = row.cost();
    return new LoggedRequestRow(
        request.id().toString(),
        request.arrivedAt(),
        request.route(),
        payer.map(each -> each.tenant().value()).orElse(null),
        payer.map(each -> each.user().value()).orElse(null),
        payer.map(each -> each.key().value()).orElse(null),
        boxed(row.account()),
        request.platform().orElse(null),
        request.model().orElse(null),
        request.upstreamModel().orElse(null),
        request.stream(),
        request.status(),
        request.errorCode().orElse(null),
        request.attempts().size(),
        request.attempts().stream().map(Call::of).toList(),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning(),
        UsageByKind.of(usage),
        money(cost, true),
        cost.map(ListedRequest.Cost::currency).orElse(null),
        cost.map(ListedRequest.Cost::quotaTokens).orElse(0L),
        money(cost, false),
        row.booked().map(record -> usd(record.upstreamCost())).orElse(null),
        cost.map(ListedRequest.Cost::priceVersion).orElse(null),
        request.latencyMs(),
        boxed(request.firstTokenMs()),
        settled(row),
        request.clientRequestId().orElse(null),
        request.traceId().orElse(null),
        cache(cost),
        logged.weight());
  }

  private static LoggedRequestRow booked(ListedRequest row, UsageRecord record) {
    TokenUsage usage = record.usage();
    Optional<ListedRequest.Cost> cost = row.cost();
    return new LoggedRequestRow(
        record.charge().toString(),
        record.openedAt(),
        null,
        record.tenant().value(),
        record.user().value(),
        record.apiKey().value(),
        boxed(record.upstreamAccount()),
        record.protocol().code(),
        record.model(),
        record.upstreamModel().isEmpty() ? null : record.upstreamModel(),
        record.stream(),
        record.httpStatus() == 0 ? null : (Integer) record.httpStatus(),
        record.errorCode().orElse(null),
        record.attempts(),
        List.of(),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning(),
        UsageByKind.of(usage),
        money(cost, true),
        cost.map(ListedRequest.Cost::currency).orElse(null),
        record.quotaTokens(),
        money(cost, false),
        usd(record.upstreamCost()),
        record.priceVersion(),
        record.latencyMs(),
        boxed(record.firstTokenMs()),
        settled(row),
        record.clientRequestId().orElse(null),
        null,
        cache(cost),
        1);
  }

  private static @Nullable BigDecimal money(Optional<ListedRequest.Cost> cost, boolean whole) {
    return cost.map(
            each ->
                new Amount(Asset.money(each.currency()), whole ? each.money() : each.owed())
                    .toDecimal())
        .orElse(null);
  }

  private static @Nullable String settled(ListedRequest row) {
    return row.settled().map(outcome -> outcome.name().toLowerCase(Locale.ROOT)).orElse(null);
  }

  private static @Nullable String cache(Optional<ListedRequest.Cost> cost) {
    return cost.flatMap(each -> ChargedPart.in(each.priceVersion()))
        .filter(part -> part.reason() == ChargedPart.Reason.CACHE_HIT)
        .map(_ -> "hit")
        .orElse(null);
  }

  private static @Nullable BigDecimal usd(OptionalLong nanos) {
    return nanos.isPresent() ? new Amount(USD, nanos.getAsLong()).toDecimal() : null;
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
