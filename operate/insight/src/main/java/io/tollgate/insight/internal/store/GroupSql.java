package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statistics of requests, asked of DuckDB. */
final class GroupSql {
  private GroupSql() {}

  static String query(LogGrouping grouping, String where, int limit) {
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    return "SELECT "
        + name(grouping)
        + " AS named, currency, sum(weight)::BIGINT AS requests,"
        + " coalesce(sum(weight) FILTER (status >= 400), 0)::BIGINT AS failed,"
        + " sum(input_tokens)::BIGINT AS input_tokens,"
        + " sum(output_tokens)::BIGINT AS output_tokens, sum(paid + owed)::BIGINT AS cost,"
        + " quantile_disc(latency_ms, [0.5, 0.95, 0.99]) AS latency,"
        + " quantile_disc(first_token_ms, 0.5) AS first_p50,"
        + " quantile_disc(first_token_ms, 0.95) AS first_p95 FROM request"
        + where
        + " GROUP BY named, currency ORDER BY "
        + (inTime ? "named" : "requests DESC, named NULLS LAST")
        + ", currency NULLS LAST LIMIT "
        + limit;
  }

  static List<LogStatistics> read(ResultSet rows) throws SQLException {
    List<LogStatistics> groups = new ArrayList<>();
    while (rows.next()) {
      groups.add(group(rows));
    }
    return groups;
  }

  private static LogStatistics group(ResultSet rows) throws SQLException {
    Object[] latency = (Object[]) rows.getArray("latency").getArray();
    return new LogStatistics(
        Optional.ofNullable(rows.getString("named")),
        rows.getLong("requests"),
        rows.getLong("failed"),
        rows.getLong("input_tokens"),
        rows.getLong("output_tokens"),
        Optional.ofNullable(rows.getString("currency")),
        rows.getLong("cost"),
        ((Number) latency[0]).longValue(),
        ((Number) latency[1]).longValue(),
        ((Number) latency[2]).longValue(),
        RequestColumns.number(rows, "first_p50"),
        RequestColumns.number(rows, "first_p95"));
  }

  private static String name(LogGrouping grouping) {
    return switch (grouping) {
      case NONE -> "''";
      case TENANT -> "tenant_id::VARCHAR";
      case USER -> "user_id::VARCHAR";
      case KEY -> "api_key_id::VARCHAR";
      case ACCOUNT -> "account_id::VARCHAR";
      case MODEL -> "model";
      case PLATFORM -> "platform";
      case STATUS -> "status::VARCHAR";
      case ERROR -> "error_code";
      case HOUR -> "strftime(arrived_at, '%Y-%m-%dT%H:00:00Z')";
      case DAY -> "strftime(arrived_at, '%Y-%m-%d')";
    };
  }
}
