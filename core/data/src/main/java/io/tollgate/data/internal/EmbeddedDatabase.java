package io.tollgate.data.internal;

import io.tollgate.data.DatabaseException;
import io.tollgate.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Our database on the embedded server.
 *
 * @param owner who migrates
 * @param application who works; owns nothing
 */
public record EmbeddedDatabase(DatabaseLogin owner, DatabaseLogin application) {
  /** Name of the database. */
  public static final String NAME = "tollgate";

  /** Makes the database and the application's role where they are not there yet. */
  public static EmbeddedDatabase prepare(EmbeddedPostgres server) {
    String password = server.secret("application.password");
    DatabaseLogin superuser =
        login(server, "postgres", EmbeddedPostgres.SUPERUSER, server.password());
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      String role = Migrations.APPLICATION_ROLE;
      if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
        statement.execute("CREATE ROLE " + role);
      }
      // hexadecimal digits, so safe between quotes
      statement.execute("ALTER ROLE " + role + " LOGIN PASSWORD '" + password + "'");
      if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
        statement.execute("CREATE DATABASE " + NAME);
      }
    } catch (SQLException e) {
      throw new DatabaseException("cannot prepare the embedded database: " + e.getMessage(), e);
    }
    return new EmbeddedDatabase(
        login(server, NAME, EmbeddedPostgres.SUPERUSER, server.password()),
        login(server, NAME, Migrations.APPLICATION_ROLE, password));
  }

  private static boolean exists(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      return rows.next();
    }
  }

  private static DatabaseLogin login(
      EmbeddedPostgres server, String database, String user, String password) {
    return new DatabaseLogin(server.jdbcUrl(database), Optional.of(user), Optional.of(password));
  }
}
