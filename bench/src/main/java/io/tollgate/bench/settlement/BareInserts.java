package io.tollgate.bench.settlement;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that any charging by batches costs: rows that are known already, entries and usage
 * records, inserted by arrays into tables of the same form. Nothing is locked, checked, summed up
 * or told to anybody.
 */
final class BareInserts {
  private static final int BATCH = 4_000;

  private BareInserts() {}

  /**
   * Inserts the last rows of the books once more, elsewhere.
   *
   * @return nanoseconds of inserting and committing; reading them is not counted
   */
  static long run(Connection reading, Connection writing, int charges) throws SQLException {
    reading.setAutoCommit(false);
    writing.setAutoCommit(false);
    long nanos = 0;
    try (PreparedStatement entries =
            reading.prepareStatement(
                "SELECT * FROM ledger.entry WHERE charge_id IS NOT NULL"
                    + " ORDER BY transfer_id DESC, seq LIMIT "
                    + charges);
        PreparedStatement usages =
            reading.prepareStatement(
                "SELECT * FROM metering.usage_record ORDER BY opened_at DESC LIMIT " + charges)) {
      entries.setFetchSize(BATCH);
      usages.setFetchSize(BATCH);
      try (ResultSet entryRows = entries.executeQuery();
          ResultSet usageRows = usages.executeQuery()) {
        Columns entry = Columns.read(entryRows);
        Columns usage = Columns.read(usageRows);
        while (entry.rows() + usage.rows() > 0) {
          long began = System.nanoTime();
          entry.insert(writing, PeerTables.ENTRY);
          usage.insert(writing, PeerTables.USAGE);
          writing.commit();
          nanos += System.nanoTime() - began;
          entry = Columns.read(entryRows);
          usage = Columns.read(usageRows);
        }
      }
    }
    reading.rollback();
    reading.setAutoCommit(true);
    writing.setAutoCommit(true);
    return nanos;
  }

  /** Up to one batch of rows, column by column. */
  private record Columns(List<String> names, List<String> types, List<List<Object>> values) {
    static Columns read(ResultSet from) throws SQLException {
      ResultSetMetaData data = from.getMetaData();
      Columns columns = new Columns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 1; i <= data.getColumnCount(); i++) {
        columns.names.add(data.getColumnName(i));
        columns.types.add(data.getColumnTypeName(i));
        columns.values.add(new ArrayList<>(BATCH));
      }
      for (int row = 0; row < BATCH && from.next(); row++) {
        for (int i = 0; i < columns.values.size(); i++) {
          columns.values.get(i).add(from.getObject(i + 1));
        }
      }
      return columns;
    }

    int rows() {
      return values.getFirst().size();
    }

    void insert(Connection connection, String table) throws SQLException {
      if (rows() == 0) {
        return;
      }
      List<String> arrays = types.stream().map(type -> "?::" + type + "[]").toList();
      String insert =
          "INSERT INTO "
              + table
              + " ("
              + String.join(", ", names)
              + ") SELECT * FROM unnest("
              + String.join(", ", arrays)
              + ")";
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        for (int i = 0; i < types.size(); i++) {
          Array array = connection.createArrayOf(types.get(i), values.get(i).toArray());
          statement.setArray(i + 1, array);
        }
        statement.executeUpdate();
      }
    }
  }
}
