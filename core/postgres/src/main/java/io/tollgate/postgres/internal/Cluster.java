package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one PostgreSQL installation.
 *
 * @param home folder of the cluster, its secrets and its log
 * @param programs what serves it
 */
public record Cluster(Path home, ServerPrograms programs) {
  /** Name of the superuser and owner of everything. */
  public static final String SUPERUSER = "tollgate";

  /** The server's own data directory. */
  public Path data() {
    return home.resolve("cluster");
  }

  /** What the server writes to standard error. */
  public Path log() {
    return home.resolve("server.log");
  }

  /** The superuser's password, kept in an owner-only file. */
  public String password() {
    return SecretFile.readOrCreate(home.resolve("superuser.password"));
  }

  /**
   * Makes the cluster if there is none. It appears under its final name only when complete.
   *
   * @param sync whether to wait until it is on disk
   * @throws PostgresException when another major version's cluster lies there, or it cannot be made
   */
  public void ensure(boolean sync) {
    try {
      Path versionFile = data().resolve("PG_VERSION");
      if (Files.exists(versionFile)) {
        checkVersion(Files.readString(versionFile).strip());
        if (!Files.exists(home.resolve("superuser.password"))) {
          throw new PostgresException(
              home.resolve("superuser.password")
                  + " is missing, and without it the database in "
                  + data()
                  + " cannot be opened; put it back from a backup");
        }
        return;
      }
      if (Files.exists(data())) {
        throw new PostgresException(
            data() + " holds no PostgreSQL data (expected: PG_VERSION in it, or no such folder)");
      }
      create(sync);
    } catch (IOException e) {
      throw new PostgresException("cannot use the database folder " + data() + ": " + e, e);
    }
  }

  private void checkVersion(String found) {
    String expected = ServerBinaries.majorVersion();
    if (!found.equals(expected)) {
      throw new PostgresException(
          "the data directory "
              + home.getParent()
              + " was made by PostgreSQL "
              + found
              + ", and this is PostgreSQL "
              + expected
              + "; run the Tollgate that made it, or start with another --data-dir"
              + " (nothing in it was changed)");
    }
  }

  private void create(boolean sync) throws IOException {
    Files.createDirectories(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unfinished = home.resolve("cluster.new");
    FolderDeletion.delete(unfinished);
    String password = password();
    Files.createDirectory(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path passwordFile = home.resolve("superuser.password");
    giveToServer(home);
    List<String> command =
        new ArrayList<>(
            List.of(
                programs.binaries().program("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + SUPERUSER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--data-checksums"));
    if (!sync) {
      command.add("--no-sync");
    }
    if (password.isEmpty()) {
      throw new PostgresException(passwordFile + " is empty (expected: a password)");
    }
    ServerLaunch.Outcome outcome =
        ServerLaunch.run(programs.launch().tool(command.toArray(String[]::new)));
    if (!outcome.ok()) {
      throw new PostgresException("initdb failed in " + unfinished + ": " + outcome.output());
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void giveToServer(Path folder) throws IOException {
    if (!programs.launch().changesUser()) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", ServerLaunch.OTHER_USER);
        Files.setAttribute(file, "unix:gid", ServerLaunch.OTHER_USER);
      }
    }
  }
}
