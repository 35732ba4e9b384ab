package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The request log in one file of DuckDB. What is taken from the spool and how far the spool has
 * been read stand in one transaction: a kill in between neither loses a request nor keeps it twice.
 * Written by one thread; read by many.
 */
public final class DuckStore implements AutoCloseable {
  private static final String MARKS =
      "CREATE TABLE IF NOT EXISTS spool_mark (file VARCHAR NOT NULL, position INTEGER NOT NULL)";

  private final DuckDBConnection writer;

  private DuckStore(DuckDBConnection writer) {
    this.writer = writer;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param memoryMib what the engine may use
   * @param threads what a query may run on
   */
  public static DuckStore open(Path file, int memoryMib, int threads)
      throws IOException, SQLException {
    Path _ = Files.createDirectories(file.toAbsolutePath().getParent());
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryMib + "MiB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", file.resolveSibling("temporary").toString());
    DuckDBConnection writer =
        (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
    UnpackedLibrary.remove();
    try (Statement statement = writer.createStatement()) {
      boolean _ = statement.execute(RequestColumns.TABLE);
      boolean _ = statement.execute(RequestColumns.TRACE);
      boolean _ = statement.execute(MARKS);
    }
    return new DuckStore(writer);
  }

  /** How far each file of the spool has been read. */
  public Map<String, Integer> marks() throws SQLException {
    Map<String, Integer> marks = new HashMap<>();
    try (Statement statement = writer.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT file, max(position) FROM spool_mark GROUP BY file")) {
      while (rows.next()) {
        marks.put(rows.getString(1), rows.getInt(2));
      }
    }
    return marks;
  }

  /** Forgets files that are not there any more. */
  public void forgetMarks(Set<String> there) throws SQLException {
    try (PreparedStatement statement =
        writer.prepareStatement("DELETE FROM spool_mark WHERE file = ?")) {
      for (String file : marks().keySet()) {
        if (!there.contains(file)) {
          statement.setString(1, file);
          int _ = statement.executeUpdate();
        }
      }
    }
  }

  /** Keeps a batch of the spool, all of it or nothing. */
  public void append(SpoolReader.Batch batch) throws SQLException {
    // said in SQL: appenders commit by themselves under a connection that is only told not to
    run("BEGIN TRANSACTION");
    try {
      try (DuckDBAppender rows = writer.createAppender("request")) {
        for (SpoolEntry entry : batch.entries()) {
          RequestColumns.append(rows, entry);
        }
      }
      try (DuckDBAppender rows = writer.createAppender("spool_mark")) {
        for (Map.Entry<String, Integer> mark : batch.marks().entrySet()) {
          rows.beginRow();
          rows.append(mark.getKey());
          rows.append((int) mark.getValue());
          rows.endRow();
        }
      }
      run("COMMIT");
    } catch (SQLException | RuntimeException e) {
      run("ROLLBACK");
      throw e;
    }
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  /** Removes requests that arrived before a time; how many. */
  public long removeBefore(Instant time) throws SQLException {
    try (PreparedStatement statement =
        writer.prepareStatement("DELETE FROM request WHERE arrived_at < ?")) {
      statement.setObject(1, FilterSql.time(time));
      return statement.executeUpdate();
    }
  }

  /** As {@link io.tollgate.insight.RequestSearch#find}. */
  public List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after)
      throws SQLException {
    FilterSql sql = new FilterSql(filter);
    FilterSql restricted = after.map(sql::after).orElse(sql);
    String query =
        "SELECT "
            + RequestColumns.NAMES
            + " FROM request"
            + restricted.where()
            + " ORDER BY arrived_at DESC, id DESC LIMIT "
            + limit;
    try (Connection connection = writer.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      restricted.bind(statement);
      List<LoggedRow> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(RequestColumns.read(rows));
        }
      }
      return found;
    }
  }

  /** As {@link io.tollgate.insight.RequestSearch#count}. */
  public long count(LogFilter filter) throws SQLException {
    FilterSql sql = new FilterSql(filter);
    String query = "SELECT coalesce(sum(weight), 0)::BIGINT FROM request" + sql.where();
    try (Connection connection = writer.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      sql.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  /** As {@link io.tollgate.insight.RequestSearch#statistics}. */
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws SQLException {
    FilterSql sql = new FilterSql(filter);
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    String query =
        "SELECT "
            + name(grouping)
            + " AS named, currency, sum(weight)::BIGINT AS requests,"
            + " coalesce(sum(weight) FILTER (status >= 400), 0)::BIGINT AS failed,"
            + " sum(input_tokens)::BIGINT AS input_tokens,"
            + " sum(output_tokens)::BIGINT AS output_tokens, sum(paid + owed)::BIGINT AS cost,"
            + " quantile_disc(latency_ms, [0.5, 0.95, 0.99]) AS latency,"
            + " quantile_disc(first_token_ms, 0.5) AS first_p50,"
            + " quantile_disc(first_token_ms, 0.95) AS first_p95 FROM request"
            + sql.where()
            + " GROUP BY named, currency ORDER BY "
            + (inTime ? "named" : "requests DESC, named")
            + ", currency LIMIT "
            + limit;
    try (Connection connection = writer.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      sql.bind(statement);
      List<LogStatistics> groups = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          groups.add(group(rows));
        }
      }
      return groups;
    }
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

  @Override
  public void close() throws SQLException {
    writer.close();
  }
}
