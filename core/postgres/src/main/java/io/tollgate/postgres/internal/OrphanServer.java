package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server left over from a process that was killed. Whoever asks holds the data directory's lock,
 * so a server found running there belongs to nobody.
 */
public final class OrphanServer {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanServer.class);
  private static final Duration CLEANLY = Duration.ofSeconds(15);
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private OrphanServer() {}

  /**
   * Stops what still runs on the cluster and removes a lock file nobody holds.
   *
   * @throws PostgresException when it does not stop
   */
  public static void clear(Path cluster) {
    Optional<Postmaster> found = Postmaster.read(cluster);
    if (found.isEmpty()) {
      removeLock(cluster);
      return;
    }
    Postmaster postmaster = found.get();
    if (postmaster.isAlive()) {
      LOG.warn(
          "PostgreSQL (pid {}) still runs on {} from a process that was killed; stopping it",
          postmaster.pid(),
          cluster);
      stop(postmaster);
    } else {
      LOG.info(
          "the lock of PostgreSQL pid {} on {} is stale (no such server runs); removing it",
          postmaster.pid(),
          cluster);
    }
    removeLock(cluster);
  }

  private static void stop(Postmaster postmaster) {
    signal(postmaster.pid(), "INT");
    if (awaitEnd(postmaster, CLEANLY)) {
      return;
    }
    LOG.warn("PostgreSQL (pid {}) did not stop cleanly; making it stop at once", postmaster.pid());
    signal(postmaster.pid(), "QUIT");
    if (!awaitEnd(postmaster, AT_ONCE)) {
      throw new PostgresException(
          "PostgreSQL (pid "
              + postmaster.pid()
              + ") still runs on "
              + postmaster.cluster()
              + " and does not stop; end it by hand and start again");
    }
  }

  /** Sends a signal by its short name; Java's own API knows only TERM and KILL. */
  public static void signal(long pid, String name) {
    ServerLaunch.Outcome outcome =
        ServerLaunch.run(List.of("/bin/sh", "-c", "kill -" + name + " " + pid));
    if (!outcome.ok()) {
      LOG.info("signal {} to pid {}: {}", name, pid, outcome.output());
    }
  }

  private static boolean awaitEnd(Postmaster postmaster, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (postmaster.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      ShortPause.millis(20);
    }
    return true;
  }

  private static void removeLock(Path cluster) {
    try {
      Files.deleteIfExists(Postmaster.file(cluster));
    } catch (IOException e) {
      throw new PostgresException("cannot remove " + Postmaster.file(cluster) + ": " + e, e);
    }
  }
}
