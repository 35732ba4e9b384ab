package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogStatistics;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Days of the request log that are over, added up: statistics over a year read a few thousand rows
 * and not a hundred million. A day's sums are made from its requests in one transaction, and
 * forgotten before anything of that day changes; where a day has none its requests are read, so
 * that an answer never depends on them. Days are those of UTC.
 *
 * <p>Sums are kept by tenant, and in each by what statistics are grouped by. Who asks for anything
 * finer (a user, a key, a model) reads requests.
 */
final class DaySums {
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS summed_day (day DATE NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS day_sum (
            day DATE NOT NULL,
            grouped_by VARCHAR NOT NULL,
            tenant_id BIGINT,
            cell VARCHAR,
            currency VARCHAR,
            requests BIGINT NOT NULL,
            failed BIGINT NOT NULL,
            input_tokens BIGINT NOT NULL,
            output_tokens BIGINT NOT NULL,
            cost BIGINT NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS day_time (
            day DATE NOT NULL,
            grouped_by VARCHAR NOT NULL,
            tenant_id BIGINT,
            cell VARCHAR,
            currency VARCHAR,
            is_first_token BOOLEAN NOT NULL,
            step BIGINT NOT NULL,
            count BIGINT NOT NULL)
          """);

  /** By what each day is added up; by tenant and by day they all are. */
  private static final List<LogGrouping> KEPT =
      List.of(
          LogGrouping.NONE,
          LogGrouping.ACCOUNT,
          LogGrouping.MODEL,
          LogGrouping.PLATFORM,
          LogGrouping.STATUS,
          LogGrouping.ERROR);

  private DaySums() {}

  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        boolean _ = statement.execute(table);
      }
    }
  }

  /** Whether sums of days can answer it. */
  static boolean answer(LogFilter filter, LogGrouping grouping) {
    boolean isKept =
        KEPT.contains(grouping) || grouping == LogGrouping.TENANT || grouping == LogGrouping.DAY;
    return isKept
        && filter.equals(LogFilter.ALL.ofTenant(filter.tenant(), filter.start(), filter.end()));
  }

  /** Days from one on and before another that have sums. */
  static Set<LocalDate> days(Connection connection, LocalDate from, LocalDate until)
      throws SQLException {
    Set<LocalDate> days = new TreeSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT day FROM summed_day WHERE day >= ? AND day < ?")) {
      statement.setObject(1, from);
      statement.setObject(2, until);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          boolean _ = days.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return days;
  }

  /** The first day from one on that has requests; nothing where there is none. */
  static Optional<LocalDate> firstFrom(Connection connection, LocalDate from) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT min(arrived_at) FROM " + DuckTables.ALL + " WHERE arrived_at >= ?")) {
      statement.setObject(1, from.atStartOfDay());
      try (ResultSet rows = statement.executeQuery()) {
        boolean _ = rows.next();
        @Nullable LocalDateTime time = rows.getObject(1, LocalDateTime.class);
        return Optional.ofNullable(time).map(LocalDateTime::toLocalDate);
      }
    }
  }

  /** Adds a day up, within a transaction; it has no sums yet. */
  static void add(Connection connection, LocalDate day) throws SQLException {
    String requests =
        " FROM "
            + DuckTables.ALL
            + " WHERE arrived_at >= DATE '%1$s' AND arrived_at < DATE '%1$s' + 1".formatted(day);
    try (Statement statement = connection.createStatement()) {
      for (LogGrouping grouping : KEPT) {
        String head =
            "SELECT DATE '%s' AS day, '%s' AS grouped_by, tenant_id, %s::VARCHAR AS cell, currency, "
                .formatted(day, grouping, GroupSql.column(grouping));
        boolean _ =
            statement.execute(
                "INSERT INTO day_sum "
                    + head
                    + GroupSql.SUMS
                    + requests
                    + " GROUP BY tenant_id, cell, currency");
        for (boolean isFirstToken : new boolean[] {false, true}) {
          String time = isFirstToken ? "first_token_ms" : "latency_ms";
          boolean _ =
              statement.execute(
                  "INSERT INTO day_time "
                      + head
                      + isFirstToken
                      + ", "
                      + GroupSql.stepOf(time)
                      + " AS step, count(*)"
                      + requests
                      + " AND "
                      + time
                      + " IS NOT NULL GROUP BY tenant_id, cell, currency, step");
        }
      }
      boolean _ = statement.execute("INSERT INTO summed_day VALUES (DATE '" + day + "')");
    }
  }

  /** Something of these days changes: they have no sums any more. */
  static void forget(Connection connection, Collection<LocalDate> days) throws SQLException {
    for (String table : List.of("summed_day", "day_sum", "day_time")) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM " + table + " WHERE day = ?")) {
        for (LocalDate day : days) {
          statement.setObject(1, day);
          int _ = statement.executeUpdate();
        }
      }
    }
  }

  /** Statistics from sums of days, and from requests of what is not added up. */
  static List<LogStatistics> statistics(
      Connection connection, LogFilter filter, LogGrouping grouping, int limit)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // both parts as of one moment
      boolean _ = statement.execute("BEGIN TRANSACTION");
      try {
        List<LocalDate> days = List.copyOf(days(connection, firstWhole(filter), lastWhole(filter)));
        Map<GroupSums.Key, GroupSums> groups = new HashMap<>();
        ofDays(connection, filter, grouping, days)
            .forEach(part -> groups.merge(part.key(), part, GroupSums::plus));
        for (LogFilter rest : rests(filter, days)) {
          ofRequests(connection, rest, grouping)
              .forEach(part -> groups.merge(part.key(), part, GroupSums::plus));
        }
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

  private static LocalDate firstWhole(LogFilter filter) {
    return filter
        .start()
        .map(
            start -> {
              LocalDateTime time = FilterSql.time(start);
              LocalDate day = time.toLocalDate();
              return time.equals(day.atStartOfDay()) ? day : day.plusDays(1);
            })
        .orElse(LocalDate.EPOCH);
  }

  private static LocalDate lastWhole(LogFilter filter) {
    return filter
        .end()
        .map(end -> FilterSql.time(end).toLocalDate())
        .orElse(LocalDate.of(9999, 1, 1));
  }

  /** The stretches of time between days that are added up. */
  private static List<LogFilter> rests(LogFilter filter, List<LocalDate> days) {
    List<LogFilter> rests = new ArrayList<>();
    Optional<Instant> from = filter.start();
    for (LocalDate day : days) {
      Instant begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
      if (from.isEmpty() || from.get().isBefore(begin)) {
        rests.add(LogFilter.ALL.ofTenant(filter.tenant(), from, Optional.of(begin)));
      }
      from = Optional.of(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    if (from.isEmpty() || filter.end().isEmpty() || from.get().isBefore(filter.end().get())) {
      rests.add(LogFilter.ALL.ofTenant(filter.tenant(), from, filter.end()));
    }
    return rests;
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

  private static List<GroupSums> ofDays(
      Connection connection, LogFilter filter, LogGrouping grouping, List<LocalDate> days)
      throws SQLException {
    if (days.isEmpty()) {
      return List.of();
    }
    String where =
        " WHERE day IN (SELECT day FROM summed_day WHERE day BETWEEN ? AND ?) AND grouped_by = ?"
            + (filter.tenant().isPresent() ? " AND tenant_id = ?" : "");
    String cell =
        switch (grouping) {
          case TENANT -> "tenant_id::VARCHAR";
          case DAY -> "strftime(day, '%Y-%m-%d')";
          default -> "cell";
        };
    Map<GroupSums.Key, Map<Boolean, CountedTimes>> times = new HashMap<>();
    String counted =
        "SELECT "
            + cell
            + " AS named, currency, is_first_token, step, sum(count)::BIGINT AS counted FROM day_time"
            + where
            + " GROUP BY named, currency, is_first_token, step";
    try (PreparedStatement statement = bound(connection, counted, filter, grouping, days);
        ResultSet rows = statement.executeQuery()) {
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
            + " AS named, currency, sum(requests)::BIGINT AS requests, sum(failed)::BIGINT AS failed,"
            + " sum(input_tokens)::BIGINT AS input_tokens, sum(output_tokens)::BIGINT AS output_tokens,"
            + " sum(cost)::BIGINT AS cost FROM day_sum"
            + where
            + " GROUP BY named, currency";
    List<GroupSums> parts = new ArrayList<>();
    try (PreparedStatement statement = bound(connection, summed, filter, grouping, days);
        ResultSet rows = statement.executeQuery()) {
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

  private static PreparedStatement bound(
      Connection connection,
      String query,
      LogFilter filter,
      LogGrouping grouping,
      List<LocalDate> days)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    statement.setObject(1, days.getFirst());
    statement.setObject(2, days.getLast());
    statement.setString(3, (KEPT.contains(grouping) ? grouping : LogGrouping.NONE).name());
    if (filter.tenant().isPresent()) {
      statement.setLong(4, filter.tenant().getAsLong());
    }
    return statement;
  }
}
