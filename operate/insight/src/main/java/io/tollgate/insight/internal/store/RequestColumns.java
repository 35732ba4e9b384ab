package io.tollgate.insight.internal.store;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** A request as a row of the store. */
final class RequestColumns {
  /**
   * In the order in which {@link #append} writes and {@link #read} finds them. Texts that differ
   * from row to row are compressed so that single ones are read without a whole dictionary: rows of
   * one time stand far apart in a run, and a page of them reads fifty places of each column.
   */
  static final String TABLE =
      """
      (
        id UUID NOT NULL,
        arrived_at TIMESTAMP NOT NULL,
        route VARCHAR NOT NULL,
        tenant_id BIGINT,
        user_id BIGINT,
        api_key_id BIGINT,
        account_id BIGINT,
        platform VARCHAR,
        model VARCHAR,
        upstream_model VARCHAR,
        stream BOOLEAN NOT NULL,
        status INTEGER NOT NULL,
        error_code VARCHAR,
        attempts VARCHAR NOT NULL USING COMPRESSION zstd,
        input_tokens BIGINT NOT NULL,
        output_tokens BIGINT NOT NULL,
        usage VARCHAR NOT NULL USING COMPRESSION zstd,
        currency VARCHAR,
        price_version VARCHAR,
        quota_tokens BIGINT NOT NULL,
        paid BIGINT NOT NULL,
        owed BIGINT NOT NULL,
        client_request_id VARCHAR USING COMPRESSION zstd,
        latency_ms BIGINT NOT NULL,
        first_token_ms BIGINT,
        weight INTEGER NOT NULL,
        trace_id VARCHAR USING COMPRESSION zstd,
        elsewhere BOOLEAN,
        client_mark INTEGER,
        trace_mark INTEGER
      )
      """;

  /** For files that were made before there were such columns; in their order. */
  static final List<String> LATER =
      List.of(
          "ADD COLUMN IF NOT EXISTS trace_id VARCHAR",
          "ADD COLUMN IF NOT EXISTS elsewhere BOOLEAN",
          "ADD COLUMN IF NOT EXISTS client_mark INTEGER",
          "ADD COLUMN IF NOT EXISTS trace_mark INTEGER");

  /** Files that have it have them all. */
  static final String LAST = "trace_mark";

  /** What rows of such files lack, as the assignments and the condition of an update. */
  static final String MARKED =
      " SET client_mark = "
          + TextMark.sql("client_request_id")
          + ", trace_mark = "
          + TextMark.sql("trace_id")
          + " WHERE (client_mark IS NULL AND client_request_id IS NOT NULL)"
          + " OR (trace_mark IS NULL AND trace_id IS NOT NULL)";

  static final String NAMES =
      """
      id, arrived_at, route, tenant_id, user_id, api_key_id, platform, model, upstream_model, stream,
      status, error_code, attempts, usage, currency, price_version, quota_tokens, paid, owed,
      client_request_id, latency_ms, first_token_ms, weight, trace_id,
      elsewhere
      """;

  private RequestColumns() {}

  static void append(DuckDBAppender rows, SpoolEntry entry) throws SQLException {
    LoggedRequest request = entry.request();
    List<LoggedAttempt> attempts = request.attempts();
    rows.beginRow();
    rows.append(request.id().value());
    rows.append(LocalDateTime.ofInstant(request.arrivedAt(), ZoneOffset.UTC));
    rows.append(request.route());
    append(rows, request.payer().map(payer -> payer.tenant().value()));
    append(rows, request.payer().map(payer -> payer.user().value()));
    append(rows, request.payer().map(payer -> payer.key().value()));
    append(rows, attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().account()));
    text(rows, request.platform());
    text(rows, request.model());
    text(rows, request.upstreamModel());
    rows.append(request.stream());
    rows.append(request.status());
    text(rows, request.errorCode());
    rows.append(AttemptText.write(attempts));
    rows.append(request.usage().input());
    rows.append(request.usage().output());
    rows.append(UsageText.write(request.usage()));
    Optional<LoggedRequest.Cost> cost = request.charge();
    text(rows, cost.map(LoggedRequest.Cost::currency));
    text(rows, cost.map(LoggedRequest.Cost::priceVersion));
    rows.append((long) cost.map(LoggedRequest.Cost::quotaTokens).orElse(0L));
    rows.append((long) cost.map(LoggedRequest.Cost::paid).orElse(0L));
    rows.append((long) cost.map(LoggedRequest.Cost::owed).orElse(0L));
    text(rows, request.clientRequestId());
    rows.append(request.latencyMs());
    append(
        rows,
        request.firstTokenMs().isPresent()
            ? Optional.of(request.firstTokenMs().getAsLong())
            : Optional.empty());
    rows.append(entry.weight());
    text(rows, request.traceId());
    rows.append(entry.elsewhere());
    mark(rows, request.clientRequestId());
    mark(rows, request.traceId());
    rows.endRow();
  }

  static LoggedRow read(ResultSet rows) throws SQLException {
    Optional<String> currency = text(rows, "currency");
    OptionalLong tenant = number(rows, "tenant_id");
    TokenUsage usage = UsageText.read(rows.getString("usage"));
    return new LoggedRow(
        new LoggedRequest(
            new ChargeId(rows.getObject("id", UUID.class)),
            rows.getObject("arrived_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
            rows.getString("route"),
            tenant.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new LoggedRequest.Payer(
                        new TenantId(tenant.getAsLong()),
                        new UserId(rows.getLong("user_id")),
                        new ApiKeyId(rows.getLong("api_key_id")))),
            text(rows, "platform"),
            text(rows, "model"),
            text(rows, "upstream_model"),
            rows.getBoolean("stream"),
            rows.getInt("status"),
            text(rows, "error_code"),
            AttemptText.read(rows.getString("attempts")),
            usage,
            currency.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    new LoggedRequest.Cost(
                        currency.get(),
                        rows.getString("price_version"),
                        rows.getLong("quota_tokens"),
                        rows.getLong("paid"),
                        rows.getLong("owed"))),
            text(rows, "client_request_id"),
            text(rows, "trace_id"),
            rows.getLong("latency_ms"),
            number(rows, "first_token_ms")),
        rows.getInt("weight"),
        rows.getBoolean("elsewhere"));
  }

  private static void append(DuckDBAppender rows, Optional<Long> value) throws SQLException {
    if (value.isPresent()) {
      rows.append((long) value.get());
    } else {
      rows.appendNull();
    }
  }

  private static void text(DuckDBAppender rows, Optional<String> value) throws SQLException {
    if (value.isPresent()) {
      rows.append(value.get());
    } else {
      rows.appendNull();
    }
  }

  private static void mark(DuckDBAppender rows, Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      rows.append(TextMark.of(text.get()));
    } else {
      rows.appendNull();
    }
  }

  private static Optional<String> text(ResultSet rows, String column) throws SQLException {
    @Nullable String value = rows.getString(column);
    return Optional.ofNullable(value);
  }

  static OptionalLong number(ResultSet rows, String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
