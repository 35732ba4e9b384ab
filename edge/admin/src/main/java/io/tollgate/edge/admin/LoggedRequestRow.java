package io.tollgate.edge.admin;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.LoggedRow;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A request of the log as it is shown.
 *
 * @param tenantId null where nobody knows whose request it is, as with the two that follow
 * @param accountId provider account that was asked last; null where none was
 * @param attempts calls made upstream, in their order
 * @param cost what the user pays, in {@code currency}, what is owed included; null where nothing
 *     was charged
 * @param requests how many requests the row stands for: more than one where a flood of refused ones
 *     was sampled
 */
record LoggedRequestRow(
    String requestId,
    Instant createdAt,
    String route,
    @Nullable Long tenantId,
    @Nullable Long userId,
    @Nullable Long apiKeyId,
    @Nullable Long accountId,
    @Nullable String platform,
    @Nullable String model,
    @Nullable String upstreamModel,
    boolean stream,
    int status,
    @Nullable String errorCode,
    List<Attempt> attempts,
    long inputTokens,
    long outputTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long reasoningTokens,
    Map<String, Long> usage,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    long quotaTokens,
    @Nullable String priceVersion,
    long latencyMs,
    @Nullable Long firstTokenMs,
    @Nullable String clientRequestId,
    @Nullable String traceId,
    int requests) {

  /**
   * One call upstream.
   *
   * @param startedMs from the request's arrival
   * @param outcome {@code answered}, or the code of what kept the account from answering
   */
  record Attempt(long accountId, String model, long startedMs, long durationMs, String outcome) {
    static Attempt of(LoggedAttempt attempt) {
      return new Attempt(
          attempt.account(),
          attempt.model(),
          attempt.startedMs(),
          attempt.durationMs(),
          attempt.outcome());
    }
  }

  static LoggedRequestRow of(LoggedRow row) {
    LoggedRequest request = row.request();
    TokenUsage usage = request.usage();
    Optional<LoggedRequest.Payer> payer = request.payer();
    Optional<LoggedRequest.Cost> cost = request.charge();
    List<LoggedAttempt> attempts = request.attempts();
    return new LoggedRequestRow(
        request.id().toString(),
        request.arrivedAt(),
        request.route(),
        payer.map(each -> each.tenant().value()).orElse(null),
        payer.map(each -> each.user().value()).orElse(null),
        payer.map(each -> each.key().value()).orElse(null),
        attempts.isEmpty() ? null : (Long) attempts.getLast().account(),
        request.platform().orElse(null),
        request.model().orElse(null),
        request.upstreamModel().orElse(null),
        request.stream(),
        request.status(),
        request.errorCode().orElse(null),
        attempts.stream().map(Attempt::of).toList(),
        usage.input(),
        usage.output(),
        usage.cached(),
        usage.cacheWrite(),
        usage.reasoning(),
        UsageByKind.of(usage),
        cost.map(LoggedRequestRow::paid).orElse(null),
        cost.map(LoggedRequest.Cost::currency).orElse(null),
        cost.map(LoggedRequest.Cost::quotaTokens).orElse(0L),
        cost.map(LoggedRequest.Cost::priceVersion).orElse(null),
        request.latencyMs(),
        boxed(request.firstTokenMs()),
        request.clientRequestId().orElse(null),
        request.traceId().orElse(null),
        row.weight());
  }

  private static BigDecimal paid(LoggedRequest.Cost cost) {
    return new Amount(Asset.money(cost.currency()), Math.addExact(cost.paid(), cost.owed()))
        .toDecimal();
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}
