package io.tollgate.edge.portal;

import io.tollgate.web.CsvLine;
import java.util.List;

/** Writes a user's requests as CSV. */
final class MyRequestCsv {
  static final String HEAD =
      CsvLine.head(
          List.of(
              "request_id",
              "created_at",
              "api_key_id",
              "platform",
              "model",
              "stream",
              "status",
              "error_code",
              "input_tokens",
              "output_tokens",
              "cached_tokens",
              "cache_write_tokens",
              "reasoning_tokens",
              "cost",
              "currency",
              "quota_tokens",
              "owed",
              "price_version",
              "latency_ms",
              "first_token_ms",
              "settled",
              "client_request_id",
              "trace_id",
              "requests"));

  private MyRequestCsv() {}

  static String line(MyRequestRow row) {
    return CsvLine.ofValues(
        row.requestId(),
        row.createdAt(),
        row.apiKeyId(),
        row.platform(),
        row.model(),
        row.stream(),
        row.status(),
        row.errorCode(),
        row.inputTokens(),
        row.outputTokens(),
        row.cachedTokens(),
        row.cacheWriteTokens(),
        row.reasoningTokens(),
        row.cost(),
        row.currency(),
        row.quotaTokens(),
        row.owed(),
        row.priceVersion(),
        row.latencyMs(),
        row.firstTokenMs(),
        row.settled(),
        row.clientRequestId(),
        row.traceId(),
        row.requests());
  }
}
