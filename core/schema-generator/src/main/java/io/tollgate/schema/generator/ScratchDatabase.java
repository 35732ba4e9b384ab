package io.tollgate.schema.generator;

import io.tollgate.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A database that is migrated only to be looked at. */
final class ScratchDatabase {
  static final String NAME = "postgres";

  /** Migrations take rights from this role, so it must be there. */
  private static final String APPLICATION_ROLE = "tollgate_app";

  private final EmbeddedPostgres postgres;

  ScratchDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  void migrate(List<String> contexts, Path migrations) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(NAME), EmbeddedPostgres.SUPERUSER, postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE " + APPLICATION_ROLE);
    }
    for (String context : contexts) {
      var _ =
          Flyway.configure()
              .dataSource(postgres.jdbcUrl(NAME), EmbeddedPostgres.SUPERUSER, postgres.password())
              .schemas(context)
              .defaultSchema(context)
              .table("flyway_history")
              .loggers("slf4j")
              .locations("filesystem:" + migrations.resolve(context))
              .load()
              .migrate();
    }
  }
}
