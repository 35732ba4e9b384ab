package io.tollgate.tests.cluster;

import static org.awaitility.Awaitility.await;

import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.PostgresOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL server in processes of its own, as durable as in production. A killed one is started
 * again on its port, as an operating system's service would be.
 */
public final class PostgresServer implements AutoCloseable {
  static final String DATABASE = "tollgate";
  private static final int MOST_CONNECTIONS = 150;

  private final Path folder;
  private DataDirectory directory;
  private EmbeddedPostgres server;

  private PostgresServer(Path folder, DataDirectory directory, EmbeddedPostgres server) {
    this.folder = folder;
    this.directory = directory;
    this.server = server;
  }

  static PostgresServer start(Path folder) {
    DataDirectory directory = DataDirectory.open(folder, Clock.systemUTC());
    EmbeddedPostgres server =
        EmbeddedPostgres.start(directory, PostgresOptions.durable(0, MOST_CONNECTIONS));
    PostgresServer started = new PostgresServer(folder, directory, server);
    try (Connection connection = started.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    } catch (SQLException e) {
      started.close();
      throw new IllegalStateException(e);
    }
    return started;
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return server.jdbcUrl(DATABASE);
  }

  public String password() {
    return server.password();
  }

  /** Where the cluster's files are. */
  public Path cluster() {
    return folder.resolve("postgres/cluster");
  }

  /** A connection for reading the books, in auto-commit. */
  public Connection connect() throws SQLException {
    return connect(DATABASE);
  }

  /**
   * Kills the server as hard as can be: its first process alone, which the others notice, or all.
   */
  public void killHard(boolean all) {
    ProcessHandle postmaster = postmaster();
    var others = postmaster.children().toList();
    postmaster.destroyForcibly();
    if (all) {
      others.forEach(ProcessHandle::destroyForcibly);
    }
    var unused = postmaster.onExit().orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
  }

  /** Waits until it takes connections again. */
  public void awaitReady() {
    await("PostgreSQL takes connections")
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              try (Connection connection = connect()) {
                return connection.isValid(2);
              } catch (SQLException e) {
                return false;
              }
            });
  }

  /** Stops it cleanly. */
  public void stop() {
    server.close();
    directory.close();
  }

  /** Starts it again on the port it had. */
  public void startAgain() {
    int port = server.port();
    directory = DataDirectory.open(folder, Clock.systemUTC());
    server = EmbeddedPostgres.start(directory, PostgresOptions.durable(port, MOST_CONNECTIONS));
    if (server.port() != port) {
      throw new AssertionError("port " + server.port() + " (expected: " + port + " again)");
    }
  }

  /** Keeps all it has for {@link #goBack}; it is stopped for that time. */
  public void remember() {
    stop();
    Shell.run("cp", "-a", cluster().toString(), remembered().toString());
    startAgain();
  }

  /** Has what it had when it was told to remember, and nothing of what came after. */
  public void goBack() {
    stop();
    Shell.run("rm", "-rf", cluster().toString());
    Shell.run("mv", remembered().toString(), cluster().toString());
    startAgain();
  }

  @Override
  public void close() {
    stop();
  }

  private Path remembered() {
    return folder.resolve("remembered");
  }

  private ProcessHandle postmaster() {
    Optional<ProcessHandle> found =
        ProcessHandle.current()
            .children()
            .filter(
                child ->
                    child
                        .info()
                        .commandLine()
                        .filter(line -> line.contains("postgres") && line.contains("" + cluster()))
                        .isPresent())
            .findFirst();
    return found.orElseThrow(() -> new AssertionError("no server runs on " + cluster()));
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(database), EmbeddedPostgres.SUPERUSER, server.password());
  }
}
