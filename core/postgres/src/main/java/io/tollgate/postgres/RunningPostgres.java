package io.tollgate.postgres;

import io.tollgate.postgres.internal.Postmaster;
import io.tollgate.postgres.internal.SecretFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded server of a data directory that another process holds, for tools that look at the
 * books while they are in use.
 *
 * @param port on 127.0.0.1
 * @param password the superuser's; never log it
 */
public record RunningPostgres(int port, String password) {

  /** The server that runs on the data directory, if one does. */
  public static Optional<RunningPostgres> find(Path dataDirectory) {
    Path home = dataDirectory.toAbsolutePath().normalize().resolve("postgres");
    Path secret = home.resolve("superuser.password");
    if (!Files.exists(secret)) {
      return Optional.empty();
    }
    return Postmaster.read(home.resolve("cluster"))
        .filter(Postmaster::isAlive)
        .map(server -> new RunningPostgres(server.port(), SecretFile.readOrCreate(secret)));
  }

  /** JDBC URL of a database, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "RunningPostgres[port=" + port + "]";
  }
}
