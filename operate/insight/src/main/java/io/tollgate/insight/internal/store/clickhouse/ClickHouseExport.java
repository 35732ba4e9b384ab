package io.tollgate.insight.internal.store.clickhouse;

import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.insight.internal.store.StoreExport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Requests as a file of Parquet, written by the server as it is read. */
final class ClickHouseExport implements StoreExport {
  private static final String COLUMNS =
      """
      concat(substring(high, 1, 8), '-', substring(high, 9, 4), '-', substring(high, 13, 4), '-',
             substring(low, 1, 4), '-', substring(low, 5, 12)) AS request_id,
      fromUnixTimestamp64Micro(arrived_us, 'UTC') AS created_at, route, tenant_id, user_id, api_key_id,
      account_id, platform, model, upstream_model, toBool(stream) AS stream, status, error_code,
      input_tokens, output_tokens, usage,
      if(isNull(currency), NULL, toDecimal128(paid + owed, 9) / 1000000000) AS cost,
      currency, quota_tokens, price_version, client_request_id, trace_id, latency_ms, first_token_ms,
      weight AS requests
      """;

  private final ClickHouseHttp http;
  private final String query;
  private final Path file;
  private @Nullable InputStream running;
  private boolean cancelled;

  ClickHouseExport(ClickHouseHttp http, ClickHouseFilter filter, long rowsMax, Path file) {
    this.http = http;
    this.file = file;
    this.query =
        "WITH lower(leftPad(hex(id_high), 16, '0')) AS high,"
            + " lower(leftPad(hex(id_low), 16, '0')) AS low SELECT "
            + COLUMNS
            + " FROM "
            + ClickHouseStore.TABLE
            + filter.where()
            + " ORDER BY arrived_us DESC, id_high DESC, id_low DESC LIMIT "
            + rowsMax
            + " SETTINGS cancel_http_readonly_queries_on_client_close = 1 FORMAT Parquet";
  }

  @Override
  public void run() throws StoreException, IOException {
    try (InputStream answer = http.stream(query)) {
      synchronized (this) {
        if (cancelled) {
          throw new StoreException("nobody wants the export any more");
        }
        running = answer;
      }
      long _ = Files.copy(answer, file);
    } finally {
      synchronized (this) {
        running = null;
      }
    }
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    InputStream answer = running;
    if (answer != null) {
      try {
        answer.close();
      } catch (IOException e) {
        // it has ended by itself
      }
    }
  }
}
