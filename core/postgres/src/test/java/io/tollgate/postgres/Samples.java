package io.tollgate.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What several tests need. */
final class Samples {
  /** Durable, as in production, and small. */
  static final PostgresOptions QUICK =
      new PostgresOptions(
          Optional.empty(),
          0,
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Map.of("shared_buffers", "16MB", "max_connections", "10"));

  private Samples() {}

  static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server.port(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server.port(), server.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static Connection connect(int port, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", EmbeddedPostgres.SUPERUSER, password);
  }
}
