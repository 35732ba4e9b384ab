package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * The request log in one file of DuckDB. What is taken from the spool and how far the spool has
 * been read stand in one transaction: a kill in between neither loses a request nor keeps it twice.
 * Written by one thread; read by many.
 */
public final class DuckStore implements LogStore {
  private static final String MARKS =
      "CREATE TABLE IF NOT EXISTS spool_mark (file VARCHAR NOT NULL, position INTEGER NOT NULL)";

  private final Path file;
  private final DuckDBConnection writer;

  private DuckStore(Path file, DuckDBConnection writer) {
    this.file = file;
    this.writer = writer;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param memoryMib what the engine may use
   * @param threads what a query may run on
   */
  public static DuckStore open(Path file, int memoryMib, int threads) throws StoreException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryMib + "MiB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", file.resolveSibling("temporary").toString());
    try {
      Path _ = Files.createDirectories(file.toAbsolutePath().getParent());
      DuckDBConnection writer =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
      UnpackedLibrary.remove();
      try (Statement statement = writer.createStatement()) {
        boolean _ = statement.execute(RequestColumns.TABLE);
        boolean _ = statement.execute(RequestColumns.TRACE);
        boolean _ = statement.execute(MARKS);
      }
      return new DuckStore(file, writer);
    } catch (SQLException | IOException e) {
      throw new StoreException("the file of the request log cannot be opened", e);
    }
  }

  @Override
  public Map<String, Integer> marks(Set<String> there) throws StoreException {
    forgetOthers(there);
    return marks();
  }

  private Map<String, Integer> marks() throws StoreException {
    Map<String, Integer> marks = new HashMap<>();
    try (Statement statement = writer.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT file, max(position) FROM spool_mark GROUP BY file")) {
      while (rows.next()) {
        marks.put(rows.getString(1), rows.getInt(2));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    return marks;
  }

  /** Files that are not there any more will not come again. */
  private void forgetOthers(Set<String> there) throws StoreException {
    try (PreparedStatement statement =
        writer.prepareStatement("DELETE FROM spool_mark WHERE file = ?")) {
      for (String name : marks().keySet()) {
        if (!there.contains(name)) {
          statement.setString(1, name);
          int _ = statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void append(SpoolReader.Batch batch) throws StoreException {
    atOnce(() -> appendRows(batch));
  }

  /** Does it in one transaction; one at a time, as they share the connection that writes. */
  private void atOnce(Writing writing) throws StoreException {
    try {
      // said in SQL: appenders commit by themselves under a connection that is only told not to
      run("BEGIN TRANSACTION");
      try {
        writing.write();
        run("COMMIT");
      } catch (SQLException | RuntimeException e) {
        run("ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private void appendRows(SpoolReader.Batch batch) throws SQLException {
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
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  @Override
  public synchronized void replace(List<LoggedRow> rows) throws StoreException {
    atOnce(
        () -> {
          FilterSql ids = new FilterSql(LogFilter.ALL).among(rows);
          try (PreparedStatement statement =
              writer.prepareStatement("DELETE FROM request" + ids.where())) {
            ids.bind(statement);
            int _ = statement.executeUpdate();
          }
          try (DuckDBAppender appender = writer.createAppender("request")) {
            for (LoggedRow row : rows) {
              RequestColumns.append(appender, new SpoolEntry(row.request(), row.weight()));
            }
          }
        });
  }

  @Override
  public List<LogSum> sums(Instant start, Instant end) throws StoreException {
    FilterSql sql = new FilterSql(LogFilter.ALL).between(start, end);
    return query(
        "SELECT tenant_id, currency, count(*), sum(quota_tokens)::BIGINT, sum(paid + owed)"
            + " FROM request"
            + sql.where()
            + " AND currency IS NOT NULL GROUP BY tenant_id, currency",
        sql,
        rows -> {
          List<LogSum> sums = new ArrayList<>();
          while (rows.next()) {
            sums.add(
                new LogSum(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getLong(3),
                    rows.getLong(4),
                    new BigDecimal(rows.getString(5))));
          }
          return sums;
        });
  }

  @Override
  public synchronized long remove(Retention retention) throws StoreException {
    long removed = 0;
    for (Map.Entry<Long, Instant> own : retention.ofTenants().entrySet()) {
      removed +=
          update(
              "DELETE FROM request WHERE tenant_id = ? AND arrived_at < ?",
              own.getKey(),
              FilterSql.time(own.getValue()));
    }
    String others =
        retention.ofTenants().isEmpty()
            ? ""
            : retention.ofTenants().keySet().stream()
                .map(String::valueOf)
                .collect(
                    Collectors.joining(",", " AND (tenant_id IS NULL OR tenant_id NOT IN (", "))"));
    return removed
        + update(
            "DELETE FROM request WHERE arrived_at < ?" + others, FilterSql.time(retention.usual()));
  }

  private long update(String sql, Object... parameters) throws StoreException {
    try (PreparedStatement statement = writer.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public StoreStanding standing() throws StoreException {
    StoreStanding rows =
        query(
            "SELECT count(*), min(arrived_at) FROM request",
            new FilterSql(LogFilter.ALL),
            found -> {
              boolean _ = found.next();
              @Nullable LocalDateTime oldest = found.getObject(2, LocalDateTime.class);
              return new StoreStanding(
                  found.getLong(1),
                  0,
                  Optional.ofNullable(oldest).map(time -> time.toInstant(ZoneOffset.UTC)));
            });
    try {
      Path log = file.resolveSibling(file.getFileName() + ".wal");
      long bytes = Files.size(file) + (Files.exists(log) ? Files.size(log) : 0);
      return new StoreStanding(rows.rows(), bytes, rows.oldest());
    } catch (IOException e) {
      throw new StoreException("the file of the request log cannot be looked at", e);
    }
  }

  @Override
  public List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after)
      throws StoreException {
    FilterSql sql = new FilterSql(filter);
    FilterSql restricted = after.map(sql::after).orElse(sql);
    return query(
        "SELECT "
            + RequestColumns.NAMES
            + " FROM request"
            + restricted.where()
            + " ORDER BY arrived_at DESC, id DESC LIMIT "
            + limit,
        restricted,
        DuckStore::rows);
  }

  @Override
  public long count(LogFilter filter) throws StoreException {
    FilterSql sql = new FilterSql(filter);
    return query(
        "SELECT coalesce(sum(weight), 0)::BIGINT FROM request" + sql.where(),
        sql,
        DuckStore::number);
  }

  @Override
  public List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest)
      throws StoreException {
    FilterSql sql = new FilterSql(LogFilter.ALL).among(requests, earliest, latest);
    return query(
        "SELECT " + RequestColumns.NAMES + " FROM request" + sql.where(), sql, DuckStore::rows);
  }

  @Override
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    FilterSql sql = new FilterSql(filter);
    return query(GroupSql.query(grouping, sql.where(), limit), sql, GroupSql::read);
  }

  @Override
  public StoreExport parquet(LogFilter filter, long rowsMax, Path target) {
    return new DuckExport(writer, new FilterSql(filter), rowsMax, target);
  }

  private <T> T query(String query, FilterSql filter, Reading<T> reading) throws StoreException {
    try (Connection connection = writer.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      filter.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.of(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static List<LoggedRow> rows(ResultSet rows) throws SQLException {
    List<LoggedRow> found = new ArrayList<>();
    while (rows.next()) {
      found.add(RequestColumns.read(rows));
    }
    return found;
  }

  private static long number(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getLong(1) : 0;
  }

  private static StoreException failed(SQLException e) {
    return new StoreException("the file of the request log does not do what it is asked", e);
  }

  private interface Writing {
    void write() throws SQLException;
  }

  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }

  @Override
  public void close() throws StoreException {
    try {
      writer.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
