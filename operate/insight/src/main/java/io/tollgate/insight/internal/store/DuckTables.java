package io.tollgate.insight.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a file: new requests as they came, and all others in runs, each of a stretch of
 * time and sorted by user. DuckDB keeps the least and the most of each column for every 122,880
 * rows, so of a sorted run one part in eight is read to find a user's, and of the others nothing.
 */
final class DuckTables {
  /** Has the runs. */
  static final String SORTED = "sorted_request";

  /** Has what is not yet a run. */
  static final String RECENT = "recent_request";

  /** Both. */
  static final List<String> NAMES = List.of(SORTED, RECENT);

  /** All of them, to be read. */
  static final String ALL = "request";

  private static final String BY_USER = " ORDER BY user_id NULLS FIRST, api_key_id, arrived_at, id";
  private static final String UNTIL = " WHERE arrived_at <= ?";

  private DuckTables() {}

  /** Makes what is not there yet. Files that are older have one table for all. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isTable(statement, ALL)) {
        boolean _ = statement.execute("ALTER TABLE " + ALL + " RENAME TO " + SORTED);
      }
      for (String table : NAMES) {
        boolean _ = statement.execute("CREATE TABLE IF NOT EXISTS " + table + RequestColumns.TABLE);
        if (!hasColumn(statement, table, RequestColumns.LAST)) {
          extend(statement, table);
        }
      }
      boolean _ =
          statement.execute(
              "CREATE OR REPLACE VIEW "
                  + ALL
                  + " AS SELECT * FROM "
                  + SORTED
                  + " UNION ALL SELECT * FROM "
                  + RECENT);
    }
  }

  private static boolean isTable(Statement statement, String name) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = '" + name + "'")) {
      return rows.next() && rows.getLong(1) > 0;
    }
  }

  /** All of it or nothing: a kill in between leaves the file as it was. */
  private static void extend(Statement statement, String table) throws SQLException {
    boolean _ = statement.execute("BEGIN TRANSACTION");
    for (String column : RequestColumns.LATER) {
      boolean _ = statement.execute("ALTER TABLE " + table + " " + column);
    }
    boolean _ = statement.execute("UPDATE " + table + RequestColumns.MARKED);
    boolean _ = statement.execute("COMMIT");
  }

  private static boolean hasColumn(Statement statement, String table, String column)
      throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM duckdb_columns() WHERE table_name = '%s' AND column_name = '%s'"
                .formatted(table, column))) {
      return rows.next() && rows.getLong(1) > 0;
    }
  }

  /** How many are not in a run. */
  static long recent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + RECENT)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /**
   * When the older share of the new ones had arrived; nothing where there are none.
   *
   * @param share between 0 and 1
   */
  static Optional<LocalDateTime> arrived(Connection connection, double share) throws SQLException {
    return time(connection, "SELECT quantile_disc(arrived_at, " + share + ") FROM " + RECENT);
  }

  /** The last arrival in a run. */
  static Optional<LocalDateTime> sortedUntil(Connection connection) throws SQLException {
    return time(connection, "SELECT max(arrived_at) FROM " + SORTED);
  }

  private static Optional<LocalDateTime> time(Connection connection, String query)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      boolean _ = rows.next();
      @Nullable LocalDateTime time = rows.getObject(1, LocalDateTime.class);
      return Optional.ofNullable(time);
    }
  }

  /** Makes one run of new ones that arrived until then, within a transaction; of how many. */
  static long sort(Connection connection, LocalDateTime until) throws SQLException {
    long sorted;
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO " + SORTED + " SELECT * FROM " + RECENT + UNTIL + BY_USER)) {
      statement.setObject(1, until);
      sorted = statement.executeUpdate();
    }
    try (PreparedStatement statement =
        connection.prepareStatement("DELETE FROM " + RECENT + UNTIL)) {
      statement.setObject(1, until);
      int _ = statement.executeUpdate();
    }
    return sorted;
  }

  /** The newest of one of the tables. */
  static String newest(String table, String where, int limit) {
    return "SELECT "
        + RequestColumns.NAMES
        + " FROM "
        + table
        + where
        + " ORDER BY arrived_at DESC, id DESC LIMIT "
        + limit;
  }
}
