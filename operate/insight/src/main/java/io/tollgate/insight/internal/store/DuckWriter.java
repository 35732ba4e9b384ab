package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/** The connection by which a file of DuckDB is written. For one thread at a time. */
record DuckWriter(DuckDBConnection connection) {
  DuckWriter {
    requireNonNull(connection, "connection is null");
  }

  /** What is done in one transaction. */
  interface Writing {
    void write() throws SQLException;
  }

  /** Does it in one transaction. */
  void atOnce(Writing writing) throws StoreException {
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

  /** How many rows it changed. */
  int update(String sql, Object... parameters) throws StoreException {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    }
  }

  static StoreException failed(SQLException e) {
    return new StoreException("the file of the request log does not do what it is asked", e);
  }
}
