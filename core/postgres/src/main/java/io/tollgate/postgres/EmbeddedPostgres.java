package io.tollgate.postgres;

import io.tollgate.postgres.internal.Cluster;
import io.tollgate.postgres.internal.Platform;
import io.tollgate.postgres.internal.SecretFile;
import io.tollgate.postgres.internal.ServerPrograms;
import io.tollgate.postgres.internal.ServerSupervisor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A running PostgreSQL server of our own, listening on the loopback address only. Its data stays in
 * the data directory between starts; when it dies it is started again on the same port; when this
 * process is killed it shuts down by itself on Linux, and the next start clears away what is left.
 * Safe for use by many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  /** Name of the superuser. */
  public static final String SUPERUSER = Cluster.SUPERUSER;

  private final Cluster cluster;
  private final ServerSupervisor supervisor;
  private final int port;

  private EmbeddedPostgres(Cluster cluster, ServerSupervisor supervisor, int port) {
    this.cluster = cluster;
    this.supervisor = supervisor;
    this.port = port;
  }

  /**
   * Starts the server on {@code <data directory>/postgres}, making its cluster the first time, and
   * returns when it takes connections.
   *
   * @param directory the data directory; must stay open for as long as the server runs
   * @throws PostgresException saying what is wrong and what to do
   */
  public static EmbeddedPostgres start(DataDirectory directory, PostgresOptions options) {
    Platform platform = Platform.current();
    ServerPrograms programs =
        ServerPrograms.find(platform, folders(directory, options), directory.path());
    Cluster cluster = new Cluster(directory.path().resolve("postgres"), programs);
    cluster.ensure(!options.forgetful());
    ServerSupervisor supervisor =
        new ServerSupervisor(
            cluster, options.settings(), options.startTimeout(), options.stopTimeout());
    int port = supervisor.start(options.preferredPort());
    return new EmbeddedPostgres(cluster, supervisor, port);
  }

  /** The port on 127.0.0.1; the same for as long as this object lives. */
  public int port() {
    return port;
  }

  /** JDBC URL of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The superuser's password. Never log it. */
  public String password() {
    return cluster.password();
  }

  /**
   * A random secret of hexadecimal digits, kept beside the superuser's in an owner-only file and
   * made the first time it is asked for.
   *
   * @param name the file's name
   */
  public String secret(String name) {
    return SecretFile.readOrCreate(cluster.home().resolve(name));
  }

  /** Stops the server cleanly and waits for it. May be called again. */
  @Override
  public void close() {
    supervisor.stop();
  }

  private static List<Path> folders(DataDirectory directory, PostgresOptions options) {
    if (options.binaries().isPresent()) {
      return List.of(options.binaries().get());
    }
    Path home = Path.of(System.getProperty("user.home", "/"));
    Path inDataDirectory = directory.path().resolve("programs");
    return Files.isDirectory(home) && Files.isWritable(home)
        ? List.of(home.resolve(".cache").resolve("tollgate"), inDataDirectory)
        : List.of(inDataDirectory);
  }
}
