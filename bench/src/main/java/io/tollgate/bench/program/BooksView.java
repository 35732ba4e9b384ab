package io.tollgate.bench.program;

import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.RunningPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The program's own database, looked into from outside while the program runs. */
public final class BooksView {
  private static final String DATABASE = "tollgate";

  private BooksView() {}

  /** A connection to the database of a data directory in use; auto-commit is on. */
  public static Connection connect(Path data) throws IOException {
    RunningPostgres server =
        RunningPostgres.find(data)
            .orElseThrow(() -> new IOException("no PostgreSQL runs in " + data));
    try {
      return DriverManager.getConnection(
          server.jdbcUrl(DATABASE), EmbeddedPostgres.SUPERUSER, server.password());
    } catch (SQLException e) {
      throw new IOException("the database of " + data + ": " + e.getMessage(), e);
    }
  }

  /** The one number that a query answers. */
  public static long number(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
