package io.tollgate.data.testing;

import io.tollgate.data.Transaction;

/** How a transaction has read a table so far, as PostgreSQL counts it. */
public final class TableScans {
  private TableScans() {}

  /**
   * How often it has read the table from end to end.
   *
   * @param table without its schema
   */
  public static long sequential(Transaction transaction, String schema, String table) {
    return count(transaction, "seq_scan", schema, table);
  }

  /** How often it has come to the table by an index. */
  public static long byIndex(Transaction transaction, String schema, String table) {
    return count(transaction, "idx_scan", schema, table);
  }

  private static long count(Transaction transaction, String column, String schema, String table) {
    return transaction
        .sql()
        .fetchSingle(
            "SELECT "
                + column
                + " FROM pg_stat_xact_user_tables WHERE schemaname = ? AND relname = ?",
            schema,
            table)
        .get(0, Long.class);
  }
}
