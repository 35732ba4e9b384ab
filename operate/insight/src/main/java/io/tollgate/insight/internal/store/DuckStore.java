package io.tollgate.insight.internal.store;

import io.tollgate.data.UnpackedLibrary;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request log in one file of DuckDB. What is taken from the spool and how far the spool has
 * been read stand in one transaction: a kill in between neither loses a request nor keeps it twice.
 * Written by one thread; read by many.
 */
public final class DuckStore implements LogStore {
  private static final Logger LOG = LoggerFactory.getLogger(DuckStore.class);
  private static final String MARKS =
      "CREATE TABLE IF NOT EXISTS spool_mark (file VARCHAR NOT NULL, position INTEGER NOT NULL)";

  /** More, and all that are read for a user before they are sorted get many; fewer, and runs do. */
  private static final int RUN_ROWS = 1_000_000;

  private final Path file;
  private final DuckWriter writer;
  private final DuckReader reader;
  private final int runRows;

  private final SummedSpans summed;

  private long recent;
  private long sortAt;
  private volatile LocalDateTime sortedUntil;

  private DuckStore(
      Path file,
      DuckWriter writer,
      int runRows,
      long recent,
      LocalDateTime sortedUntil,
      SummedSpans summed) {
    this.file = file;
    this.writer = writer;
    this.reader = new DuckReader(writer.connection(), () -> this.sortedUntil);
    this.runRows = runRows;
    this.recent = recent;
    this.sortAt = 2L * runRows;
    this.sortedUntil = sortedUntil;
    this.summed = summed;
  }

  /**
   * Opens the file, or makes it.
   *
   * @param memoryMib what the engine may use
   * @param threads what a query may run on
   */
  public static DuckStore open(Path file, int memoryMib, int threads) throws StoreException {
    return open(file, memoryMib, threads, RUN_ROWS);
  }

  /**
   * The same with runs of another length.
   *
   * @param runRows new requests that are sorted by user together, about; as many stay unsorted
   */
  public static DuckStore open(Path file, int memoryMib, int threads, int runRows)
      throws StoreException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryMib + "MiB");
    settings.setProperty("threads", Integer.toString(threads));
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", file.resolveSibling("temporary").toString());
    try {
      Path _ = Files.createDirectories(file.toAbsolutePath().getParent());
      DuckDBConnection connection =
          (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
      UnpackedLibrary.remove();
      try (Statement statement = connection.createStatement()) {
        boolean _ = statement.execute(MARKS);
      }
      DuckTables.prepare(connection);
      DuckWriter writer = new DuckWriter(connection);
      return new DuckStore(
          file,
          writer,
          runRows,
          DuckTables.recent(connection),
          DuckTables.sortedUntil(connection).orElse(LocalDateTime.MIN),
          SummedSpans.of(writer));
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
    try (Statement statement = writer.connection().createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT file, max(position) FROM spool_mark GROUP BY file")) {
      while (rows.next()) {
        marks.put(rows.getString(1), rows.getInt(2));
      }
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
    return marks;
  }

  /** Files that are not there any more will not come again. */
  private void forgetOthers(Set<String> there) throws StoreException {
    try (PreparedStatement statement =
        writer.connection().prepareStatement("DELETE FROM spool_mark WHERE file = ?")) {
      for (String name : marks().keySet()) {
        if (!there.contains(name)) {
          statement.setString(1, name);
          int _ = statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
  }

  @Override
  public synchronized void append(SpoolReader.Batch batch) throws StoreException {
    summed.changes(batch.entries().stream().map(entry -> entry.request().arrivedAt()).toList());
    writer.atOnce(() -> appendRows(batch));
    recent += batch.entries().size();
    if (recent >= sortAt) {
      sort();
    }
  }

  /**
   * Makes a run of the older half. Nothing is lost where it cannot be done: users' lists are slower
   * until it can.
   */
  private void sort() {
    try {
      Optional<LocalDateTime> until = DuckTables.arrived(writer.connection(), 0.5);
      if (until.isPresent()) {
        // said before it is so, for those who read meanwhile
        sortedUntil = until.get().isAfter(sortedUntil) ? until.get() : sortedUntil;
        writer.atOnce(() -> recent -= DuckTables.sort(writer.connection(), until.get()));
      }
      sortAt = 2L * runRows;
    } catch (SQLException | StoreException e) {
      sortAt = recent + runRows;
      LOG.warn("new requests of the log could not be sorted by user; tried again later", e);
    }
  }

  private void appendRows(SpoolReader.Batch batch) throws SQLException {
    try (DuckDBAppender rows = writer.connection().createAppender(DuckTables.RECENT)) {
      for (SpoolEntry entry : batch.entries()) {
        RequestColumns.append(rows, entry);
      }
    }
    try (DuckDBAppender rows = writer.connection().createAppender("spool_mark")) {
      for (Map.Entry<String, Integer> mark : batch.marks().entrySet()) {
        rows.beginRow();
        rows.append(mark.getKey());
        rows.append((int) mark.getValue());
        rows.endRow();
      }
    }
  }

  @Override
  public synchronized void replace(List<LoggedRow> rows) throws StoreException {
    List<Instant> times = rows.stream().map(row -> row.request().arrivedAt()).toList();
    summed.changesWithin(Collections.min(times).minus(APART), Collections.max(times).plus(APART));
    writer.atOnce(
        () -> {
          FilterSql ids = new FilterSql(LogFilter.ALL).among(rows);
          for (String table : DuckTables.NAMES) {
            try (PreparedStatement statement =
                writer.connection().prepareStatement("DELETE FROM " + table + ids.where())) {
              ids.bind(statement, 1);
              int _ = statement.executeUpdate();
            }
          }
          try (DuckDBAppender appender = writer.connection().createAppender(DuckTables.RECENT)) {
            for (LoggedRow row : rows) {
              RequestColumns.append(appender, SpoolEntry.of(row));
            }
          }
        });
  }

  @Override
  public synchronized long remove(Retention retention) throws StoreException {
    return new DuckRemoval(writer, summed).of(retention);
  }

  @Override
  public synchronized boolean addUp(Instant until, Retention bounds) throws StoreException {
    return summed.addNext(until, bounds);
  }

  @Override
  public List<LogSum> sums(Instant start, Instant end) throws StoreException {
    return reader.sums(start, end);
  }

  @Override
  public StoreStanding standing() throws StoreException {
    StoreStanding rows = reader.standing();
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
    return reader.find(filter, limit, after);
  }

  @Override
  public List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest)
      throws StoreException {
    return reader.find(requests, earliest, latest);
  }

  @Override
  public long count(LogFilter filter) throws StoreException {
    return reader.count(filter);
  }

  @Override
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    return reader.statistics(filter, grouping, limit);
  }

  @Override
  public List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    return reader.hours(filter, grouping, limit);
  }

  @Override
  public StoreExport parquet(LogFilter filter, long rowsMax, Path target) {
    return new DuckExport(writer.connection(), new FilterSql(filter), rowsMax, target);
  }

  @Override
  public void close() throws StoreException {
    try {
      writer.connection().close();
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
  }
}
