package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statistics of requests, asked of DuckDB. Times are counted by steps of two hundredths, and
 * percentiles found among the counts: the engine's own percentiles hold every value in memory, of
 * which there may be hundreds of millions.
 */
final class GroupSql {
  /** How often a filter's condition stands in the query. */
  static final int CONDITIONS = 2;

  private GroupSql() {}

  static String query(LogGrouping grouping, String where, int limit) {
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    String order = inTime ? "cell" : "requests DESC, cell::VARCHAR NULLS LAST";
    return "WITH asked AS (SELECT "
        + column(grouping)
        + " AS cell, currency, sum(weight)::BIGINT AS requests,"
        + " coalesce(sum(weight) FILTER (status >= 400), 0)::BIGINT AS failed,"
        + " sum(input_tokens)::BIGINT AS input_tokens,"
        + " sum(output_tokens)::BIGINT AS output_tokens, sum(paid + owed)::BIGINT AS cost FROM "
        + DuckTables.ALL
        + where
        + " GROUP BY cell, currency ORDER BY "
        + order
        + ", currency NULLS LAST LIMIT "
        + limit
        + "), times AS (SELECT r.cell, r.currency, histogram("
        + stepOf("latency_ms")
        + ") AS latency, histogram("
        + stepOf("first_token_ms")
        + ") AS first_token FROM (SELECT "
        + column(grouping)
        + " AS cell, currency, latency_ms, first_token_ms FROM "
        + DuckTables.ALL
        + where
        + ") r SEMI JOIN asked ON "
        + sameAsAsked("r")
        + " GROUP BY r.cell, r.currency) SELECT "
        + name(grouping)
        + " AS named, asked.*, times.latency, times.first_token FROM asked JOIN times ON "
        + sameAsAsked("times")
        + " ORDER BY "
        + (inTime ? "asked.cell" : "asked.requests DESC, asked.cell::VARCHAR NULLS LAST")
        + ", asked.currency NULLS LAST";
  }

  /**
   * The same for all times that differ by less than two hundredths, as {@code ClickHouseGroups}.
   */
  private static String stepOf(String time) {
    return ("CASE WHEN %1$s < 100 THEN %1$s WHEN %1$s < 1000 THEN %1$s // 2 * 2"
            + " WHEN %1$s < 10000 THEN %1$s // 20 * 20 WHEN %1$s < 100000 THEN %1$s // 200 * 200"
            + " ELSE %1$s // 2000 * 2000 END")
        .formatted(time);
  }

  private static String sameAsAsked(String other) {
    return "%1$s.cell IS NOT DISTINCT FROM asked.cell AND %1$s.currency IS NOT DISTINCT FROM asked.currency"
        .formatted(other);
  }

  static List<LogStatistics> read(ResultSet rows) throws SQLException {
    List<LogStatistics> groups = new ArrayList<>();
    while (rows.next()) {
      groups.add(group(rows));
    }
    return groups;
  }

  private static LogStatistics group(ResultSet rows) throws SQLException {
    CountedTimes latency = CountedTimes.read(rows, "latency");
    CountedTimes first = CountedTimes.read(rows, "first_token");
    return new LogStatistics(
        Optional.ofNullable(rows.getString("named")),
        rows.getLong("requests"),
        rows.getLong("failed"),
        rows.getLong("input_tokens"),
        rows.getLong("output_tokens"),
        Optional.ofNullable(rows.getString("currency")),
        rows.getLong("cost"),
        latency.percentile(0.5).orElse(0),
        latency.percentile(0.95).orElse(0),
        latency.percentile(0.99).orElse(0),
        first.percentile(0.5),
        first.percentile(0.95));
  }

  /** What rows are grouped by. */
  private static String column(LogGrouping grouping) {
    return switch (grouping) {
      case NONE -> "''";
      case TENANT -> "tenant_id";
      case USER -> "user_id";
      case KEY -> "api_key_id";
      case ACCOUNT -> "account_id";
      case MODEL -> "model";
      case PLATFORM -> "platform";
      case STATUS -> "status";
      case ERROR -> "error_code";
      case HOUR -> "date_trunc('hour', arrived_at)";
      case DAY -> "date_trunc('day', arrived_at)";
    };
  }

  /** A group's name, once for all its rows. */
  private static String name(LogGrouping grouping) {
    return switch (grouping) {
      case HOUR -> "strftime(asked.cell, '%Y-%m-%dT%H:00:00Z')";
      case DAY -> "strftime(asked.cell, '%Y-%m-%d')";
      default -> "asked.cell::VARCHAR";
    };
  }
}
