package io.tollgate.insight.internal.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of a file: new requests as they came, and all others in runs, each of a stretch of
 * time and sorted by user. DuckDB keeps the least and the most of each column for every 122,880
 * rows, so of a sorted run one part in eight is read to find a user's, and of the others nothing.
 */
final class DuckTables {
  /** Has the runs. */
  static final String SORTED = "request";

  /** Has what is not yet a run. */
  static final String RECENT = "recent_request";

  /** Both, in the order in which a list asks them. */
  static final List<String> NAMES = List.of(SORTED, RECENT);

  /** All of them, to be read. */
  static final String ALL = "any_request";

  private static final String BY_USER = " ORDER BY user_id NULLS FIRST, api_key_id, arrived_at, id";
  private static final String NEWEST_FIRST = " ORDER BY arrived_at DESC, id DESC LIMIT ";

  private DuckTables() {}

  /** Makes what is not there yet. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : NAMES) {
        boolean _ = statement.execute("CREATE TABLE IF NOT EXISTS " + table + RequestColumns.TABLE);
        boolean _ = statement.execute("ALTER TABLE " + table + " " + RequestColumns.TRACE);
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

  /** How many are not in a run. */
  static long recent(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + RECENT)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Makes one run of all new ones, within a transaction of the caller. */
  static void sort(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("INSERT INTO " + SORTED + " SELECT * FROM " + RECENT + BY_USER);
      boolean _ = statement.execute("DELETE FROM " + RECENT);
    }
  }

  /**
   * Times and ids of the newest of both tables: the first of each, and of these the first. Of these
   * alone whole rows are read then, as a sorted run has the newest all over it. The condition
   * stands in it twice.
   */
  static String newest(String where, int limit) {
    return newestOf(SORTED, where, limit)
        + " UNION ALL "
        + newestOf(RECENT, where, limit)
        + NEWEST_FIRST
        + limit;
  }

  private static String newestOf(String table, String where, int limit) {
    return "SELECT * FROM (SELECT arrived_at, id FROM "
        + table
        + where
        + NEWEST_FIRST
        + limit
        + ")";
  }
}
