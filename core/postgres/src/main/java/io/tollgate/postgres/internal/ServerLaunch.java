package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How the server's programs are started on this machine. PostgreSQL refuses to run as root: as root
 * it gets a user namespace in which it is user 1000 (root's own files stay reachable), or, where
 * namespaces are forbidden, the identity of user 65534. On Linux the server gets SIGINT (a fast,
 * clean shutdown) when the thread that started it ends.
 *
 * @param identity what is put before every program
 * @param lifeline what is put before the server, after {@code identity}
 * @param changesUser whether files must be given to {@link #OTHER_USER} first
 */
public record ServerLaunch(List<String> identity, List<String> lifeline, boolean changesUser) {
  /** The user that owns nothing; used only where root may not make a namespace. */
  public static final int OTHER_USER = 65_534;

  private static final List<String> NAMESPACE =
      List.of("unshare", "-U", "--map-user=1000", "--map-group=1000");
  private static final List<String> OTHER =
      List.of("setpriv", "--reuid=" + OTHER_USER, "--regid=" + OTHER_USER, "--clear-groups");
  private static final List<String> LIFELINE = List.of("setpriv", "--pdeathsig", "INT");

  public ServerLaunch {
    identity = List.copyOf(identity);
    lifeline = List.copyOf(lifeline);
  }

  /**
   * Finds a way that works, by trying {@code probe --version} with each.
   *
   * @param home folder the server has to reach; opened for passing through, not for reading, where
   *     the server runs as another user
   * @throws PostgresException naming every way tried and what it said
   */
  public static ServerLaunch choose(Platform platform, Path probe, Path home) {
    List<String> lifeline = List.of();
    if (platform.isLinux() && run(with(LIFELINE, "true")).ok()) {
      lifeline = LIFELINE;
    }
    if (!runsAsRoot()) {
      Outcome plain = run(with(List.of(), probe.toString(), "--version"));
      if (plain.ok()) {
        return new ServerLaunch(List.of(), lifeline, false);
      }
      throw new PostgresException("PostgreSQL does not run on this machine: " + plain.output());
    }
    Outcome namespace = run(with(NAMESPACE, probe.toString(), "--version"));
    if (namespace.ok()) {
      return new ServerLaunch(NAMESPACE, lifeline, false);
    }
    letThrough(home);
    Outcome other = run(with(OTHER, probe.toString(), "--version"));
    if (other.ok()) {
      return new ServerLaunch(OTHER, lifeline, true);
    }
    throw new PostgresException(
        "PostgreSQL refuses to run as root, and no other identity works here. "
            + "User namespace (unshare): "
            + namespace.output()
            + ". User "
            + OTHER_USER
            + " (setpriv): "
            + other.output()
            + ". Run Tollgate as a plain user, or give a server with --postgres-url");
  }

  /** The command line of a program that ends by itself. */
  public List<String> tool(String... command) {
    return with(identity, command);
  }

  /** The command line of the server. */
  public List<String> server(List<String> command) {
    List<String> line = new ArrayList<>(identity);
    line.addAll(lifeline);
    line.addAll(command);
    return line;
  }

  /** What a short command said, and whether it ended well. */
  public record Outcome(boolean ok, String output) {}

  /** Runs a command that ends by itself within a minute; its output is cut at 8 KiB. */
  public static Outcome run(List<String> command) {
    try {
      Path output = Files.createTempFile("tollgate-", ".out");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return new Outcome(false, command.getFirst() + " did not end within 60 s");
        }
        return new Outcome(process.exitValue() == 0, LogTail.of(output, 8192).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Outcome(false, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while running " + command.getFirst(), e);
    }
  }

  private static void letThrough(Path folder) {
    try {
      Set<PosixFilePermission> rights = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
      rights.add(PosixFilePermission.OTHERS_EXECUTE);
      Files.setPosixFilePermissions(folder, rights);
    } catch (IOException e) {
      throw new PostgresException("cannot let the server's user through " + folder + ": " + e, e);
    }
  }

  private static boolean runsAsRoot() {
    return run(List.of("id", "-u")).output().equals("0");
  }

  private static List<String> with(List<String> prefix, String... command) {
    List<String> line = new ArrayList<>(prefix);
    line.addAll(List.of(command));
    return line;
  }
}
