package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statistics of requests, asked of DuckDB. Times are counted by steps of two hundredths, and
 * percentiles found among the counts: the engine's own percentiles hold every value in memory, of
 * which there may be hundreds of millions.
 */
final class GroupSql {
  /** What is summed up of requests, whatever they are grouped by. */
  static final String SUMS =
      "sum(weight)::BIGINT AS requests,"
          + " coalesce(sum(weight) FILTER (status >= 400), 0)::BIGINT AS failed,"
          + " coalesce(sum(input_tokens), 0)::BIGINT AS input_tokens,"
          + " coalesce(sum(output_tokens), 0)::BIGINT AS output_tokens,"
          + " coalesce(sum(paid + owed), 0)::BIGINT AS cost";

  /** A filter's condition stands in the query as often as {@link #conditions} says. */
  static String query(LogGrouping grouping, String where, int limit) {
    String groups = grouped(grouping, DuckTables.ALL + where, limit);
    if (conditions(grouping) == 1) {
      return "SELECT " + name(grouping) + " AS named, * FROM (" + groups + ")";
    }
    // of as many groups as there are users, times are counted for those alone that are shown
    String shown =
        "(SELECT "
            + column(grouping)
            + " AS shown, sum(weight) AS requests FROM "
            + DuckTables.ALL
            + where
            + " GROUP BY shown ORDER BY requests DESC, shown::VARCHAR NULLS LAST LIMIT "
            + limit
            + ")";
    String rows =
        "(SELECT * FROM "
            + DuckTables.ALL
            + where
            + ") r SEMI JOIN "
            + shown
            + " s ON r."
            + column(grouping)
            + " IS NOT DISTINCT FROM s.shown";
    return "SELECT "
        + name(grouping)
        + " AS named, * FROM ("
        + grouped(grouping, rows, limit)
        + ")";
  }

  static int conditions(LogGrouping grouping) {
    return grouping == LogGrouping.USER || grouping == LogGrouping.KEY ? 2 : 1;
  }

  private static String grouped(LogGrouping grouping, String rows, int limit) {
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    return "SELECT "
        + column(grouping)
        + " AS cell, currency, "
        + SUMS
        + ", histogram("
        + stepOf("latency_ms")
        + ") AS latency, histogram("
        + stepOf("first_token_ms")
        + ") AS first_token FROM "
        + rows
        + " GROUP BY cell, currency ORDER BY "
        + (inTime ? "cell" : "requests DESC, cell::VARCHAR NULLS LAST")
        + ", currency NULLS LAST LIMIT "
        + limit;
  }

  /** The same for all times that differ by less than a twentieth, as {@code ClickHouseGroups}. */
  static String stepOf(String time) {
    return ("CASE WHEN %1$s < 100 THEN %1$s WHEN %1$s < 1000 THEN %1$s // 5 * 5"
            + " WHEN %1$s < 10000 THEN %1$s // 50 * 50 WHEN %1$s < 100000 THEN %1$s // 500 * 500"
            + " ELSE %1$s // 5000 * 5000 END")
        .formatted(time);
  }

  static List<LogStatistics> read(ResultSet rows) throws SQLException {
    List<LogStatistics> groups = new ArrayList<>();
    while (rows.next()) {
      groups.add(group(rows).statistics());
    }
    return groups;
  }

  /** One row of a query that counts times too. */
  static GroupSums group(ResultSet rows) throws SQLException {
    return sums(rows, CountedTimes.read(rows, "latency"), CountedTimes.read(rows, "first_token"));
  }

  /** One row whose times were counted elsewhere. */
  static GroupSums sums(ResultSet rows, CountedTimes latency, CountedTimes firstToken)
      throws SQLException {
    return new GroupSums(
        Optional.ofNullable(rows.getString("named")),
        Optional.ofNullable(rows.getString("currency")),
        rows.getLong("requests"),
        rows.getLong("failed"),
        rows.getLong("input_tokens"),
        rows.getLong("output_tokens"),
        rows.getLong("cost"),
        latency,
        firstToken);
  }

  /** Hour by hour, and in each by group. */
  static String hours(LogGrouping grouping, String where, int limit) {
    return "SELECT "
        + named(LogGrouping.HOUR, "cell")
        + " AS hour, "
        + named(grouping, "part")
        + " AS named, * FROM (SELECT "
        + column(LogGrouping.HOUR)
        + " AS cell, "
        + column(grouping)
        + " AS part, currency, "
        + SUMS
        + " FROM "
        + DuckTables.ALL
        + where
        + " GROUP BY cell, part, currency"
        + " ORDER BY cell, requests DESC, part::VARCHAR NULLS LAST, currency NULLS LAST LIMIT "
        + limit
        + ")";
  }

  static List<LogHour> readHours(ResultSet rows) throws SQLException {
    List<LogHour> hours = new ArrayList<>();
    while (rows.next()) {
      hours.add(
          new LogHour(
              Instant.parse(rows.getString("hour")),
              Optional.ofNullable(rows.getString("named")),
              rows.getLong("requests"),
              rows.getLong("failed"),
              rows.getLong("input_tokens"),
              rows.getLong("output_tokens"),
              Optional.ofNullable(rows.getString("currency")),
              rows.getLong("cost")));
    }
    return hours;
  }

  /** What rows are grouped by. */
  static String column(LogGrouping grouping) {
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
    return named(grouping, "cell");
  }

  private static String named(LogGrouping grouping, String cell) {
    return switch (grouping) {
      case HOUR -> "strftime(" + cell + ", '%Y-%m-%dT%H:00:00Z')";
      case DAY -> "strftime(" + cell + ", '%Y-%m-%d')";
      default -> cell + "::VARCHAR";
    };
  }
}
