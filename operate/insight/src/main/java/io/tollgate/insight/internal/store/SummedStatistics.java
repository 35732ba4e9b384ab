package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Statistics of days and months that are over, from their sums: those of years read some thousand
 * rows and not a hundred million. Where a day has no sums its requests are read, so that an answer
 * never depends on them.
 *
 * <p>Sums are kept by tenant and over all of them, and in each by what statistics are grouped by.
 * Who asks for anything finer (a user, a key, a model) reads requests.
 */
final class SummedStatistics {
  private SummedStatistics() {}

  /** Whether sums can answer it. */
  static boolean answer(LogFilter filter, LogGrouping grouping) {
    boolean isKept =
        SumTables.KEPT.contains(grouping)
            || grouping == LogGrouping.TENANT
            || grouping == LogGrouping.DAY;
    return isKept
        && filter.equals(LogFilter.ALL.ofTenant(filter.tenant(), filter.start(), filter.end()));
  }

  /** Statistics from sums, and from requests of what is not added up. */
  static List<LogStatistics> of(
      Connection connection, LogFilter filter, LogGrouping grouping, int limit)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // all parts as of one moment
      boolean _ = statement.execute("BEGIN TRANSACTION");
      try {
        SpanCover cover = SpanCover.of(connection, filter, grouping != LogGrouping.DAY);
        List<GroupSums> parts = new ArrayList<>();
        parts.addAll(ofSpans(connection, filter, grouping, SumSpan.MONTH, cover.months()));
        parts.addAll(ofSpans(connection, filter, grouping, SumSpan.DAY, cover.days()));
        for (LogFilter rest : cover.rests()) {
          parts.addAll(ofRequests(connection, rest, grouping));
        }
        Map<GroupSums.Key, GroupSums> groups = new HashMap<>();
        parts.forEach(part -> groups.merge(part.key(), part, GroupSums::plus));
        return groups.values().stream()
            .sorted(GroupSums.order(grouping))
            .limit(limit)
            .map(GroupSums::statistics)
            .toList();
      } finally {
        boolean _ = statement.execute("ROLLBACK");
      }
    }
  }

  private static List<GroupSums> ofRequests(
      Connection connection, LogFilter filter, LogGrouping grouping) throws SQLException {
    FilterSql sql = new FilterSql(filter);
    try (PreparedStatement statement =
        connection.prepareStatement(GroupSql.query(grouping, sql.where(), Integer.MAX_VALUE))) {
      sql.bind(statement, GroupSql.conditions(grouping));
      List<GroupSums> parts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parts.add(GroupSql.group(rows));
        }
      }
      return parts;
    }
  }

  private static List<GroupSums> ofSpans(
      Connection connection,
      LogFilter filter,
      LogGrouping grouping,
      SumSpan span,
      List<LocalDate> begins)
      throws SQLException {
    if (begins.isEmpty()) {
      return List.of();
    }
    String where = where(filter, grouping, span, begins);
    String cell =
        switch (grouping) {
          case TENANT -> "tenant_id::VARCHAR";
          case DAY -> "strftime(begins, '%Y-%m-%d')";
          default -> "cell";
        };
    Map<GroupSums.Key, Map<Boolean, CountedTimes>> times = new HashMap<>();
    String counted =
        "SELECT "
            + cell
            + " AS named, currency, is_first_token, step, sum(count)::BIGINT AS counted FROM span_time"
            + where
            + " GROUP BY named, currency, is_first_token, step";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(counted)) {
      while (rows.next()) {
        times
            .computeIfAbsent(key(rows), _ -> new HashMap<>())
            .computeIfAbsent(rows.getBoolean("is_first_token"), _ -> CountedTimes.none())
            .add(rows.getLong("step"), rows.getLong("counted"));
      }
    }
    String summed =
        "SELECT "
            + cell
            + " AS named, currency, "
            + SumTables.SUMMED
            + " FROM span_sum"
            + where
            + " GROUP BY named, currency";
    List<GroupSums> parts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(summed)) {
      while (rows.next()) {
        Map<Boolean, CountedTimes> ofGroup = times.getOrDefault(key(rows), Map.of());
        parts.add(
            GroupSql.sums(
                rows,
                ofGroup.getOrDefault(false, CountedTimes.none()),
                ofGroup.getOrDefault(true, CountedTimes.none())));
      }
    }
    return parts;
  }

  private static GroupSums.Key key(ResultSet rows) throws SQLException {
    return new GroupSums.Key(
        Optional.ofNullable(rows.getString("named")),
        Optional.ofNullable(rows.getString("currency")));
  }

  /** Days and numbers only: nothing that somebody else wrote. */
  private static String where(
      LogFilter filter, LogGrouping grouping, SumSpan span, List<LocalDate> begins) {
    boolean ofAll = filter.tenant().isEmpty() && grouping != LogGrouping.TENANT;
    return " WHERE span = '%s' AND begins IN (%s) AND of_all = %s AND grouped_by = '%s'%s"
        .formatted(
            span,
            begins.stream().map("DATE '%s'"::formatted).collect(Collectors.joining(", ")),
            ofAll,
            SumTables.KEPT.contains(grouping) ? grouping : LogGrouping.NONE,
            filter.tenant().isPresent() ? " AND tenant_id = " + filter.tenant().getAsLong() : "");
  }
}
