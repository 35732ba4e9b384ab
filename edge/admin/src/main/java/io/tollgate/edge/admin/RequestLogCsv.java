package io.tollgate.edge.admin;

import io.tollgate.web.CsvLine;
import java.util.List;

/** Writes requests as CSV. */
final class RequestLogCsv {
  static final String HEAD =
      CsvLine.head(
          List.of(
              "request_id",
              "created_at",
              "route",
              "tenant_id",
              "user_id",
              "api_key_id",
              "account_id",
              "platform",
              "model",
              "upstream_model",
              "stream",
              "status",
              "error_code",
              "attempts",
              "input_tokens",
              "output_tokens",
              "cached_tokens",
              "cache_write_tokens",
              "reasoning_tokens",
              "cost",
              "currency",
              "quota_tokens",
              "owed",
              "upstream_cost",
              "price_version",
              "latency_ms",
              "first_token_ms",
              "settled",
              "client_request_id",
              "trace_id",
              "cache",
              "requests"));

  private RequestLogCsv() {}

  static String line(LoggedRequestRow row) {
    return CsvLine.ofValues(
        row.requestId(),
        row.createdAt(),
        row.route(),
        row.tenantId(),
        row.userId(),
        row.apiKeyId(),
        row.accountId(),
        row.platform(),
        row.model(),
        row.upstreamModel(),
        row.stream(),
        row.status(),
        row.errorCode(),
        row.attempts(),
        row.inputTokens(),
        row.outputTokens(),
        row.cachedTokens(),
        row.cacheWriteTokens(),
        row.reasoningTokens(),
        row.cost(),
        row.currency(),
        row.quotaTokens(),
        row.owed(),
        row.upstreamCost(),
        row.priceVersion(),
        row.latencyMs(),
        row.firstTokenMs(),
        row.settled(),
        row.clientRequestId(),
        row.traceId(),
        row.cache(),
        row.requests());
  }
}
