package io.tollgate.data.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.EventsConfig;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.PostgresOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The one server of this JVM, in a temporary folder that goes with it. */
final class TestServer {
  static final String USER = EmbeddedPostgres.SUPERUSER;

  /** Named as a program names its own, which can be started on a copy of these files. */
  private static final String TEMPLATE = "tollgate";

  private static final long ENOUGH_MEMORY_BYTES = 2L << 30;

  private final EmbeddedPostgres postgres;
  private final AtomicInteger copies = new AtomicInteger();

  private TestServer(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static TestServer get() {
    return Holder.SERVER;
  }

  String jdbcUrl(String database) {
    return postgres.jdbcUrl(database);
  }

  String password() {
    return postgres.password();
  }

  DatabaseConfig config(String database) {
    return new DatabaseConfig(
        Optional.of(jdbcUrl(database)),
        Optional.of(USER),
        Optional.of(password()),
        0,
        8,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        EventsConfig.DEFAULTS);
  }

  DataSource owner(String database) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL(jdbcUrl(database));
    source.setUser(USER);
    source.setPassword(password());
    return source;
  }

  String copyTemplate() {
    String name = "test_" + copies.incrementAndGet();
    administer("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " STRATEGY FILE_COPY");
    return name;
  }

  void drop(String database) {
    administer("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
  }

  private void administer(String statementText) {
    try (Connection connection = owner("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statementText);
    } catch (SQLException e) {
      throw new IllegalStateException(statementText + ": " + e.getMessage(), e);
    }
  }

  private static TestServer start() {
    try {
      Path folder = temporaryFolder();
      DataDirectory directory = DataDirectory.open(folder, InstantSource.system());
      AtomicReference<Optional<EmbeddedPostgres>> running = new AtomicReference<>(Optional.empty());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    running.get().ifPresent(EmbeddedPostgres::close);
                    directory.close();
                    Copies.delete(folder);
                  }));
      Path files = folder.resolve("postgres");
      MigratedFiles kept = MigratedFiles.ofThisProgram();
      if (!kept.copyTo(files)) {
        try (EmbeddedPostgres first =
            EmbeddedPostgres.start(directory, PostgresOptions.throwaway())) {
          running.set(Optional.of(first));
          migrate(new TestServer(first), directory);
        }
        kept.keep(files);
      }
      EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, PostgresOptions.throwaway());
      running.set(Optional.of(postgres));
      return new TestServer(postgres);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * In memory where the system has a file system there: what is thrown away need not reach a disk.
   */
  private static Path temporaryFolder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isDirectory(memory)
            && Files.isWritable(memory)
            && Files.getFileStore(memory).getUsableSpace() >= ENOUGH_MEMORY_BYTES
        ? Files.createTempDirectory(memory, "tollgate-test-")
        : Files.createTempDirectory("tollgate-test-");
  }

  private static void migrate(TestServer server, DataDirectory directory) {
    server.administer("CREATE DATABASE " + TEMPLATE);
    Database.open(server.config(TEMPLATE), directory, new SimpleMeterRegistry(), new Random())
        .close();
  }

  /** Starts the server with its first use. */
  private static final class Holder {
    static final TestServer SERVER = start();
  }
}
