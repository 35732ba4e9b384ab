package io.tollgate.insight.internal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Requests as a file of Parquet, written by the engine. */
final class DuckExport implements StoreExport {
  private static final String COLUMNS =
      """
      id AS request_id, arrived_at AS created_at, route, tenant_id, user_id, api_key_id, account_id,
      platform, model, upstream_model, stream, status, error_code, input_tokens, output_tokens, usage,
      CASE WHEN currency IS NULL THEN NULL
           ELSE (paid + owed)::DECIMAL(19,0) * 0.000000001::DECIMAL(10,9) END AS cost,
      currency, quota_tokens, price_version, client_request_id, trace_id, latency_ms, first_token_ms,
      weight AS requests
      """;

  private final DuckDBConnection store;
  private final FilterSql filter;
  private final String query;
  private @Nullable PreparedStatement running;
  private boolean cancelled;

  DuckExport(DuckDBConnection store, FilterSql filter, long rowsMax, Path target) {
    this.store = store;
    this.filter = filter;
    this.query =
        "COPY (SELECT "
            + COLUMNS
            + " FROM "
            + DuckTables.ALL
            + filter.where()
            + " ORDER BY arrived_at DESC, id DESC LIMIT "
            + rowsMax
            + ") TO '"
            + target.toString().replace("'", "''")
            + "' (FORMAT parquet, COMPRESSION zstd)";
  }

  @Override
  public void run() throws StoreException {
    try (Connection connection = store.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      filter.bind(statement, 1);
      synchronized (this) {
        if (cancelled) {
          throw new StoreException("nobody wants the export any more");
        }
        running = statement;
      }
      boolean _ = statement.execute();
    } catch (SQLException e) {
      throw new StoreException("the export was not written", e);
    } finally {
      synchronized (this) {
        running = null;
      }
    }
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
    PreparedStatement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        // it has ended by itself
      }
    }
  }
}
