package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogGrouping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where days and months of the request log are added up: by tenant and over all tenants, and in
 * each by what statistics are grouped by. Everything here runs within the caller's transaction.
 */
final class SumTables {
  /** By what each span is added up; by tenant and by day they all are. */
  static final List<LogGrouping> KEPT =
      List.of(
          LogGrouping.NONE,
          LogGrouping.ACCOUNT,
          LogGrouping.MODEL,
          LogGrouping.PLATFORM,
          LogGrouping.STATUS,
          LogGrouping.ERROR);

  private static final List<String> TABLES =
      List.of(
          // what older files have is made anew
          "DROP TABLE IF EXISTS summed_day",
          "DROP TABLE IF EXISTS day_sum",
          "DROP TABLE IF EXISTS day_time",
          "CREATE TABLE IF NOT EXISTS summed_span (span VARCHAR NOT NULL, begins DATE NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS span_sum (
            span VARCHAR NOT NULL,
            begins DATE NOT NULL,
            of_all BOOLEAN NOT NULL,
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
          CREATE TABLE IF NOT EXISTS span_time (
            span VARCHAR NOT NULL,
            begins DATE NOT NULL,
            of_all BOOLEAN NOT NULL,
            grouped_by VARCHAR NOT NULL,
            tenant_id BIGINT,
            cell VARCHAR,
            currency VARCHAR,
            is_first_token BOOLEAN NOT NULL,
            step BIGINT NOT NULL,
            count BIGINT NOT NULL)
          """);

  /** The same of several rows. */
  static final String SUMMED =
      "sum(requests)::BIGINT AS requests, sum(failed)::BIGINT AS failed,"
          + " sum(input_tokens)::BIGINT AS input_tokens, sum(output_tokens)::BIGINT AS output_tokens,"
          + " sum(cost)::BIGINT AS cost";

  private SumTables() {}

  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : TABLES) {
        boolean _ = statement.execute(table);
      }
    }
  }

  /** The spans that are added up and begin on a day or after and before another. */
  static Set<LocalDate> begins(Connection connection, SumSpan span, LocalDate from, LocalDate until)
      throws SQLException {
    Set<LocalDate> begins = new TreeSet<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT begins FROM summed_span WHERE span = ? AND begins >= ? AND begins < ?")) {
      statement.setString(1, span.name());
      statement.setObject(2, from);
      statement.setObject(3, until);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          boolean _ = begins.add(rows.getObject(1, LocalDate.class));
        }
      }
    }
    return begins;
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

  /** Adds a day up; it has no sums yet. */
  static void addDay(Connection connection, LocalDate day) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (LogGrouping grouping : KEPT) {
        ofRequests(statement, day, grouping);
        String ofDay = whereDays(day, day.plusDays(1), grouping) + " AND NOT of_all";
        plus(statement, head(SumSpan.DAY, day, "true", "NULL"), ofDay);
      }
      boolean _ = statement.execute(summed(SumSpan.DAY, day));
    }
  }

  /** Adds a month up from its days, all of which that have requests are added up. */
  static void addMonth(Connection connection, LocalDate month) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (LogGrouping grouping : KEPT) {
        String ofMonth = whereDays(month, SumSpan.MONTH.end(month), grouping);
        plus(statement, head(SumSpan.MONTH, month, "of_all", "tenant_id"), ofMonth);
      }
      boolean _ = statement.execute(summed(SumSpan.MONTH, month));
    }
  }

  /** They have no sums any more. */
  static void forget(Connection connection, SumSpan span, Collection<LocalDate> begins)
      throws SQLException {
    for (String table : List.of("summed_span", "span_sum", "span_time")) {
      try (PreparedStatement statement =
          connection.prepareStatement("DELETE FROM " + table + " WHERE span = ? AND begins = ?")) {
        for (LocalDate begin : begins) {
          statement.setString(1, span.name());
          statement.setObject(2, begin);
          int _ = statement.executeUpdate();
        }
      }
    }
  }

  private static void ofRequests(Statement statement, LocalDate day, LogGrouping grouping)
      throws SQLException {
    String head =
        "SELECT 'DAY' AS span, DATE '%s' AS begins, false AS of_all, '%s' AS grouped_by, tenant_id, %s::VARCHAR AS cell, currency, "
            .formatted(day, grouping, GroupSql.column(grouping));
    String requests =
        " FROM %s WHERE arrived_at >= DATE '%s' AND arrived_at < DATE '%s'"
            .formatted(DuckTables.ALL, day, day.plusDays(1));
    boolean _ =
        statement.execute(
            "INSERT INTO span_sum "
                + head
                + GroupSql.SUMS
                + requests
                + " GROUP BY tenant_id, cell, currency");
    for (boolean isFirstToken : new boolean[] {false, true}) {
      String time = isFirstToken ? "first_token_ms" : "latency_ms";
      boolean _ =
          statement.execute(
              "INSERT INTO span_time "
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

  /** Sums of sums. */
  private static void plus(Statement statement, String head, String where) throws SQLException {
    String groups = " GROUP BY ALL";
    boolean _ =
        statement.execute(
            "INSERT INTO span_sum " + head + SUMMED + " FROM span_sum" + where + groups);
    boolean _ =
        statement.execute(
            "INSERT INTO span_time "
                + head
                + "is_first_token, step, sum(count)::BIGINT FROM span_time"
                + where
                + groups);
  }

  private static String head(SumSpan span, LocalDate begins, String ofAll, String tenant) {
    return "SELECT '%s', DATE '%s', %s, grouped_by, %s, cell, currency, "
        .formatted(span, begins, ofAll, tenant);
  }

  private static String whereDays(LocalDate from, LocalDate until, LogGrouping grouping) {
    return " WHERE span = 'DAY' AND begins >= DATE '%s' AND begins < DATE '%s' AND grouped_by = '%s'"
        .formatted(from, until, grouping);
  }

  private static String summed(SumSpan span, LocalDate begins) {
    return "INSERT INTO summed_span VALUES ('%s', DATE '%s')".formatted(span, begins);
  }
}
