package io.tollgate.edge.portal;

import io.tollgate.web.CsvLine;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    return CsvLine.of(
        Stream.<@Nullable Object>of(
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
                plain(row.cost()),
                row.currency(),
                row.quotaTokens(),
                plain(row.owed()),
                row.priceVersion(),
                row.latencyMs(),
                row.firstTokenMs(),
                row.settled(),
                row.clientRequestId(),
                row.traceId(),
                row.requests())
            .map(value -> Objects.toString(value, ""))
            .toList());
  }

  private static @Nullable String plain(@Nullable BigDecimal money) {
    return money == null ? null : money.toPlainString();
  }
}
