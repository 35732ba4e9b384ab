package io.tollgate.data.internal;

import io.tollgate.data.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database that somebody else runs. The application connects as the given user and works as our
 * role ({@code SET ROLE}), which the user makes when there is none and they may.
 */
public final class ExternalDatabase {
  private static final int LEAST_VERSION = 180_000;

  private ExternalDatabase() {}

  /**
   * Checks the server and makes the application's role.
   *
   * @throws DatabaseException saying what the server's administrator has to do
   */
  public static void prepare(DatabaseLogin login) {
    try (Connection connection = login.connect();
        Statement statement = connection.createStatement()) {
      checkVersion(statement);
      String role = Migrations.APPLICATION_ROLE;
      if (!isTrue(statement, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s')", role)) {
        createRole(statement, role);
      }
      if (!isTrue(statement, "SELECT pg_has_role(current_user, '%s', 'SET')", role)) {
        throw new DatabaseException(
            "the database user may not work as "
                + role
                + "; as an administrator: GRANT "
                + role
                + " TO <user> WITH SET TRUE");
      }
    } catch (SQLException e) {
      throw new DatabaseException("cannot use the database of postgres.url: " + e.getMessage(), e);
    }
  }

  private static void createRole(Statement statement, String role) throws SQLException {
    try {
      statement.execute("CREATE ROLE " + role);
      if (!isTrue(statement, "SELECT pg_has_role(current_user, '%s', 'SET')", role)) {
        statement.execute("GRANT " + role + " TO CURRENT_USER WITH SET TRUE");
      }
    } catch (SQLException e) {
      if ("42501".equals(e.getSQLState())) {
        throw new DatabaseException(
            "the role "
                + role
                + " is not there and the database user may not make it; as an administrator:"
                + " CREATE ROLE "
                + role
                + "; GRANT "
                + role
                + " TO <user> WITH SET TRUE",
            e);
      }
      // 42710: another process made it a moment ago
      if (!"42710".equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static void checkVersion(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SHOW server_version_num")) {
      rows.next();
      int version = rows.getInt(1);
      if (version < LEAST_VERSION) {
        throw new DatabaseException(
            "PostgreSQL of postgres.url: " + version / 10_000 + " (expected: 18 or newer)");
      }
    }
  }

  private static boolean isTrue(Statement statement, String query, String role)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(query.replace("%s", role))) {
      return rows.next() && rows.getBoolean(1);
    }
  }
}
