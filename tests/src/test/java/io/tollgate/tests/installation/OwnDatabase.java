package io.tollgate.tests.installation;

import static org.awaitility.Awaitility.await;

import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.RunningPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The embedded database of an installation that runs: looked at, and its rows made older. */
public final class OwnDatabase {
  private final Installation installation;

  public OwnDatabase(Installation installation) {
    this.installation = installation;
  }

  /** The first column of the only row. */
  public long number(String query) {
    return Long.parseLong(text(query));
  }

  /** The same as text. */
  public String text(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      if (!rows.next()) {
        throw new AssertionError("no row: " + query);
      }
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  /** Waits until a query gives that number. */
  public void awaitNumber(String query, long expected) {
    await(query + " = " + expected)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> number(query) == expected);
  }

  /** Makes rows older, as if time had passed: what is due then is found by the jobs. */
  public int age(String update) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(update);
    } catch (SQLException e) {
      throw new AssertionError(update, e);
    }
  }

  private Connection connect() throws SQLException {
    RunningPostgres server =
        RunningPostgres.find(installation.dataDirectory())
            .orElseThrow(() -> new AssertionError("the database does not run"));
    return DriverManager.getConnection(
        server.jdbcUrl("tollgate"), EmbeddedPostgres.SUPERUSER, server.password());
  }
}
