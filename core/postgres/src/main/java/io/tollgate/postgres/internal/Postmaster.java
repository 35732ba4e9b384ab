package io.tollgate.postgres.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} says of a server
 * (https://www.postgresql.org/docs/18/storage-file-layout.html), checked against the process table:
 * the number alone may long belong to someone else.
 *
 * @param pid process id of the server
 * @param cluster the cluster the file lies in
 * @param port TCP port; 0 while the file does not say yet
 * @param ready whether the server says it accepts connections
 */
public record Postmaster(long pid, Path cluster, int port, boolean ready) {
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  /** Reads the file; empty when there is none or it is not complete yet. */
  public static Optional<Postmaster> read(Path cluster) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file(cluster), UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(cluster), e);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    try {
      // a stand-alone backend writes its number negated
      long pid = Math.abs(Long.parseLong(lines.get(PID_LINE).strip()));
      boolean ready = lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready");
      int port = lines.size() > PORT_LINE ? Integer.parseInt(lines.get(PORT_LINE).strip()) : 0;
      return Optional.of(new Postmaster(pid, cluster, port, ready));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Path file(Path cluster) {
    return cluster.resolve("postmaster.pid");
  }

  /** Whether that process is alive and really is a server of this cluster; a zombie is dead. */
  public boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie())
        .filter(this::servesCluster)
        .isPresent();
  }

  private boolean isZombie() {
    try {
      // the state follows the name, which stands in parentheses and may hold anything
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      int end = stat.lastIndexOf(')');
      return end >= 0 && stat.startsWith(") Z", end);
    } catch (IOException e) {
      return false;
    }
  }

  private boolean servesCluster(ProcessHandle process) {
    Path workingFolder = Path.of("/proc", Long.toString(pid), "cwd");
    try {
      if (Files.isSameFile(workingFolder, cluster)) {
        return true;
      }
    } catch (IOException e) {
      // no /proc here, or not ours to read: the command line decides
    }
    return process
        .info()
        .commandLine()
        .filter(line -> line.contains("postgres") && line.contains(cluster.toString()))
        .isPresent();
  }
}
