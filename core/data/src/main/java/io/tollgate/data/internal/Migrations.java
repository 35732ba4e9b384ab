package io.tollgate.data.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.data.DatabaseException;
import io.tollgate.schema.Contexts;
import io.tollgate.schema.MigrationsHash;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every context's schema to the version this program knows, one process at a time, and gives
 * the application's role what it may do.
 */
public final class Migrations {
  /** The role as which the application works; it owns nothing. */
  public static final String APPLICATION_ROLE = "tollgate_app";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  /** Session lock that says: migrations are running ("tollgate" in ASCII). */
  private static final long LOCK = 0x746F6C6C67617465L;

  /**
   * The schema whose comment tells by which migrations all were migrated, so that a start with
   * nothing to do, which is nearly every one, need not look at each.
   */
  private static final String MARKED = Contexts.ALL.getFirst();

  private static final String HISTORY = "flyway_history";

  /** More than Flyway holds at once. */
  private static final int CONNECTIONS = 4;

  private Migrations() {}

  /** What is to be seen before anything is migrated. */
  @FunctionalInterface
  public interface Look {
    void at(Connection owner) throws SQLException;
  }

  /**
   * @param owner the owner of the database; the application's role must exist
   * @param before asked when there is something to migrate, and nothing is yet
   * @throws DatabaseException when a schema is newer than this program or a migration fails
   */
  public static void run(DatabaseLogin owner, Look before) {
    try (Connection lock = owner.connect();
        Statement statement = lock.createStatement()) {
      String hash = MigrationsHash.current();
      if (mark(statement).equals(hash)) {
        return;
      }
      statement.execute("SELECT pg_advisory_lock(" + LOCK + ")");
      before.at(lock);
      try (HikariDataSource connections = shared(owner)) {
        for (String context : Contexts.ALL) {
          prepare(statement, context);
          // until all is done the mark says nothing: half a migration is no version
          statement.execute("COMMENT ON SCHEMA " + MARKED + " IS NULL");
          migrate(connections, context);
          statement.execute(
              "REVOKE ALL ON " + context + "." + HISTORY + " FROM " + APPLICATION_ROLE);
        }
      }
      statement.execute("COMMENT ON SCHEMA " + MARKED + " IS '" + hash + "'");
      statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
    } catch (SQLException e) {
      throw new DatabaseException("cannot migrate the database: " + e.getMessage(), e);
    }
  }

  /** The hash of the migrations that were all done last; empty when unknown. */
  private static String mark(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace"
                + " WHERE nspname = '"
                + MARKED
                + "'")) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static void prepare(Statement statement, String context) throws SQLException {
    statement.execute("CREATE SCHEMA IF NOT EXISTS " + context);
    statement.execute("GRANT USAGE ON SCHEMA " + context + " TO " + APPLICATION_ROLE);
    statement.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA "
            + context
            + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "
            + APPLICATION_ROLE);
    statement.execute(
        "ALTER DEFAULT PRIVILEGES IN SCHEMA "
            + context
            + " GRANT USAGE, SELECT ON SEQUENCES TO "
            + APPLICATION_ROLE);
  }

  /** For one context after the other: proving the password anew costs more than most migrations. */
  private static HikariDataSource shared(DatabaseLogin owner) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("migrations");
    hikari.setDataSource(owner.dataSource());
    hikari.setMaximumPoolSize(CONNECTIONS);
    hikari.setMinimumIdle(0);
    return new HikariDataSource(hikari);
  }

  private static void migrate(DataSource connections, String context) {
    try {
      Flyway flyway =
          Flyway.configure()
              .dataSource(connections)
              .schemas(context)
              .defaultSchema(context)
              .createSchemas(false)
              .table(HISTORY)
              .locations("classpath:db/" + context)
              .loggers("slf4j")
              .load();
      refuseNewer(flyway, context);
      int done = flyway.migrate().migrationsExecuted;
      if (done > 0) {
        LOG.info("schema {}: {} migrations done", context, done);
      }
    } catch (FlywayException e) {
      throw new DatabaseException("cannot migrate schema " + context + ": " + e.getMessage(), e);
    }
  }

  private static void refuseNewer(Flyway flyway, String context) {
    Optional<MigrationInfo> newer =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> !migration.getState().isResolved() && migration.isVersioned())
            .findFirst();
    newer.ifPresent(
        migration -> {
          throw new DatabaseException(
              "schema "
                  + context
                  + " has version "
                  + migration.getVersion()
                  + ", which this program does not know: a newer Tollgate has used this database;"
                  + " run that one (or a later one)");
        });
  }
}
