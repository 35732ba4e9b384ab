package io.tollgate.trading.engine.candles.internal;

import io.tollgate.data.UnpackedLibrary;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A file of Parquet, opened by DuckDB: in memory that is bounded, on one thread, with no way to any
 * other file. For one thread.
 */
public final class ParquetFile implements AutoCloseable {
  private static final byte[] MARK = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final String MEMORY = "256MiB";
  private static final String BROKEN =
      "candles: no file of Parquet, or a broken one (expected: a whole file of Parquet)";

  private final Connection connection;
  private final String source;
  private final long count;

  /** A column as the file has it. */
  public record Column(String name, String type) {}

  private ParquetFile(Connection connection, String source, long count) {
    this.connection = connection;
    this.source = source;
    this.count = count;
  }

  /**
   * Opens it.
   *
   * @throws Refusal {@code VALIDATION_ERROR} where it is none
   * @throws UncheckedIOException where it is not there
   */
  public static ParquetFile open(Path path) {
    try {
      requireMark(path);
      return open(path.toRealPath().toString());
    } catch (SQLException e) {
      throw new Refusal(ErrorCode.VALIDATION_ERROR, BROKEN, e).ofField("candles");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ParquetFile open(String path) throws SQLException, IOException {
    // it would stand for several files
    if (path.matches(".*[*?\\[\\]].*")) {
      throw new Refusal(
          ErrorCode.VALIDATION_ERROR, "candles: a path with *, ? or [ (expected: one without)");
    }
    Properties settings = new Properties();
    settings.setProperty("memory_limit", MEMORY);
    settings.setProperty("threads", "1");
    settings.setProperty("temp_directory", "");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("jdbc_stream_results", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    UnpackedLibrary.remove();
    String text = "'" + path.replace("'", "''") + "'";
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("SET allowed_paths = [" + text + "]");
      boolean _ = statement.execute("SET enable_external_access = false");
      boolean _ = statement.execute("SET lock_configuration = true");
      try (ResultSet counted =
          statement.executeQuery("SELECT num_rows FROM parquet_file_metadata(" + text + ")")) {
        long count = counted.next() ? counted.getLong(1) : 0;
        return new ParquetFile(connection, "read_parquet(" + text + ")", count);
      }
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether it begins and ends as such files do, before anything is made of what is between. */
  private static void requireMark(Path path) throws IOException {
    long size = Files.size(path);
    try (InputStream bytes = Files.newInputStream(path)) {
      boolean begins = Arrays.equals(bytes.readNBytes(MARK.length), MARK);
      bytes.skipNBytes(Math.max(0, size - 2L * MARK.length));
      if (!begins || !Arrays.equals(bytes.readNBytes(MARK.length), MARK)) {
        throw broken();
      }
    }
  }

  private static Refusal broken() {
    return new Refusal(ErrorCode.VALIDATION_ERROR, BROKEN).ofField("candles");
  }

  /** Rows it has. */
  public long count() {
    return count;
  }

  /** Its columns, in their order. */
  public List<Column> columns() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + source + " LIMIT 0")) {
      ResultSetMetaData meta = none.getMetaData();
      List<Column> columns = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(new Column(meta.getColumnLabel(i), meta.getColumnTypeName(i)));
      }
      return columns;
    }
  }

  /** Its rows in their order, as they are asked for; closed with the file. */
  public ResultSet rows(String expressions) throws SQLException {
    return connection.createStatement().executeQuery("SELECT " + expressions + " FROM " + source);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("a file of Parquet cannot be closed", e);
    }
  }
}
