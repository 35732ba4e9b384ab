package io.tollgate.postgres.internal;

import io.tollgate.postgres.PostgresException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts the server once and waits until it takes connections.
 *
 * @param cluster what to serve
 * @param settings server settings over the defaults
 * @param timeout how long it may take, recovery after a crash included
 * @param log where what it says goes
 */
record ServerStart(
    Cluster cluster, Map<String, String> settings, Duration timeout, BoundedLog log) {
  private static final int TAIL_BYTES = 4096;

  /** What became of an attempt. */
  sealed interface Outcome {
    /** It takes connections. */
    record Started(Process process) implements Outcome {}

    /** Somebody else has the port. */
    record PortTaken(String tail) implements Outcome {}

    /** What a killed server left (lock file, shared memory) is not gone yet. */
    record StillHeld(String tail) implements Outcome {}

    /** It does not start; trying again will not help. */
    record Failed(String tail) implements Outcome {}
  }

  Outcome attempt(int port) {
    OrphanServer.clear(cluster.data());
    long logBefore = logSize();
    Process process = launch(port);
    long deadline = System.nanoTime() + timeout.toNanos();
    while (process.isAlive()) {
      Optional<Postmaster> postmaster = Postmaster.read(cluster.data());
      if (postmaster.filter(p -> p.ready() && p.pid() == process.pid()).isPresent()) {
        return new Outcome.Started(process);
      }
      if (System.nanoTime() > deadline) {
        process.destroyForcibly();
        return new Outcome.Failed(
            "not ready within " + timeout.toSeconds() + " s; " + tail(logBefore));
      }
      ShortPause.millis(10);
    }
    return explain(process.exitValue(), tail(logBefore));
  }

  private Process launch(int port) {
    List<String> command =
        new ArrayList<>(
            List.of(
                cluster.programs().binaries().program("postgres").toString(),
                "-D",
                "" + cluster.data()));
    command.addAll(ServerSettings.arguments(settings, port));
    ProcessBuilder builder = new ProcessBuilder(cluster.programs().launch().server(command));
    builder.redirectErrorStream(true);
    builder.directory(cluster.home().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      log.follow(process);
      return process;
    } catch (IOException e) {
      throw new PostgresException("cannot run " + command.getFirst() + ": " + e, e);
    }
  }

  private static Outcome explain(int exitValue, String tail) {
    if (tail.contains("could not bind") || tail.contains("could not create any TCP/IP sockets")) {
      return new Outcome.PortTaken(tail);
    }
    if (tail.contains("lock file") || tail.contains("pre-existing shared memory block")) {
      return new Outcome.StillHeld(tail);
    }
    return new Outcome.Failed("exit " + exitValue + "; " + tail);
  }

  private long logSize() {
    try {
      return Files.exists(cluster.log()) ? Files.size(cluster.log()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** What this attempt wrote; waits a moment for the log's thread when there is nothing yet. */
  private String tail(long logBefore) {
    for (int look = 0; look < 50 && logSize() == logBefore; look++) {
      ShortPause.millis(10);
    }
    long written = logSize() - logBefore;
    int max = written <= 0 ? TAIL_BYTES : (int) Math.min(written, TAIL_BYTES);
    return "the end of " + cluster.log() + ": " + LogTail.of(cluster.log(), max).strip();
  }
}
