package io.tollgate.app;

import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.DatabaseException;
import io.tollgate.ground.config.Settings;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.PostgresException;
import io.tollgate.telemetry.Metrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The database for tools: the configured one, or that of a data directory, whether a process has it
 * open or not.
 */
final class BooksDatabase {
  private BooksDatabase() {}

  /**
   * Opens it for as long as {@code body} runs.
   *
   * @param longest how long one statement may take
   * @throws StartException when there is none, or it cannot be used
   */
  static <T> T use(Settings settings, Duration longest, Function<Database, T> body) {
    Path folder = AppConfig.from(settings).dataDirectory();
    DatabaseConfig config = DatabaseConfig.from(settings).withStatementTimeout(longest);
    SecureRandom random = new SecureRandom();
    try (Metrics metrics = Metrics.empty()) {
      if (config.url().isPresent()) {
        try (Database database = Database.attach(config, metrics.registry(), random)) {
          return body.apply(database);
        }
      }
      if (!Files.isDirectory(folder.resolve("postgres"))) {
        throw new StartException(
            "there are no books in " + folder + " (expected: a data directory; see --data-dir)");
      }
      Optional<Database> inUse = Database.attachRunning(folder, config, metrics.registry(), random);
      if (inUse.isPresent()) {
        try (Database database = inUse.get()) {
          return body.apply(database);
        }
      }
      try (DataDirectory directory = DataDirectory.open(folder, Clock.systemUTC());
          Database database =
              Database.open(
                  config, directory, ProgramModules.upgradeChecks(), metrics.registry(), random)) {
        return body.apply(database);
      }
    } catch (PostgresException | DatabaseException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
  }
}
