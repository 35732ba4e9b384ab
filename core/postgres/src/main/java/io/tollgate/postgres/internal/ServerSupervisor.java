package io.tollgate.postgres.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.postgres.PostgresException;
import io.tollgate.postgres.internal.ServerStart.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server running: starts it, and starts it again on the same port when it dies. Runs on a
 * platform thread of its own that lives until the server is stopped, because the server's lifeline
 * hangs on the thread that started it.
 */
public final class ServerSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSupervisor.class);
  private static final int MAX_PORTS = 10;
  private static final Duration HELD = Duration.ofSeconds(20);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);
  private static final long LEAST_PAUSE_MS = 100;
  private static final long MAX_PAUSE_MS = 10_000;

  private final Cluster cluster;
  private final BoundedLog log;
  private final ServerStart start;
  private final Duration stopTimeout;
  private final CompletableFuture<Integer> started = new CompletableFuture<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile @Nullable Process process;
  private volatile @Nullable Thread thread;

  public ServerSupervisor(
      Cluster cluster, Map<String, String> settings, Duration startTimeout, Duration stopTimeout) {
    this.cluster = cluster;
    this.log = new BoundedLog(cluster.log(), BoundedLog.MAX_BYTES);
    this.start = new ServerStart(cluster, settings, startTimeout, log);
    this.stopTimeout = stopTimeout;
  }

  /**
   * Starts the server and waits until it takes connections. Called once.
   *
   * @param preferredPort tried first; 0 for any
   * @return the port it listens on, for as long as it runs
   */
  public int start(int preferredPort) {
    Thread runner =
        Thread.ofPlatform()
            .daemon()
            .name("postgres-supervisor")
            .unstarted(() -> run(preferredPort));
    thread = runner;
    runner.start();
    try {
      return started.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PostgresException known) {
        throw known;
      }
      throw new PostgresException("PostgreSQL did not start: " + e.getCause(), e);
    } catch (InterruptedException e) {
      stop();
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while starting PostgreSQL", e);
    }
  }

  /** Stops the server: cleanly, or at once when that takes too long. May be called again. */
  public void stop() {
    stopping.countDown();
    stopServer();
    Thread runner = thread;
    if (runner != null) {
      try {
        boolean _ = runner.join(AT_ONCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    log.close();
  }

  private void stopServer() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    OrphanServer.signal(running.pid(), "INT");
    if (!ended(running, stopTimeout)) {
      LOG.warn("PostgreSQL did not stop within {}; making it stop at once", stopTimeout);
      OrphanServer.signal(running.pid(), "QUIT");
      if (!ended(running, AT_ONCE)) {
        running.destroyForcibly();
      }
    }
  }

  private void run(int preferredPort) {
    try {
      int port = startFirst(preferredPort);
      started.complete(port);
      if (isStopping()) {
        // asked to stop before there was a process to stop
        stopServer();
      }
      watch(port);
    } catch (RuntimeException e) {
      if (!started.completeExceptionally(e)) {
        LOG.error("PostgreSQL is no longer watched over", e);
      }
    }
  }

  private int startFirst(int preferredPort) {
    int port = preferredPort == 0 ? FreePorts.free() : preferredPort;
    for (int tried = 1; ; tried++) {
      switch (attemptWhileHeld(port)) {
        case Outcome.Started(Process running) -> {
          process = running;
          return port;
        }
        case Outcome.PortTaken(String tail) -> {
          if (tried == MAX_PORTS) {
            throw new PostgresException(
                "no free port for PostgreSQL after " + tried + " tries; " + tail);
          }
          int next = FreePorts.free();
          LOG.info("port {} is taken; PostgreSQL takes {}", port, next);
          port = next;
        }
        case Outcome.StillHeld(String tail) ->
            throw new PostgresException(
                "the database in "
                    + cluster.data()
                    + " is still held by what is left of another server; "
                    + tail);
        case Outcome.Failed(String tail) ->
            throw new PostgresException("PostgreSQL does not start: " + tail);
      }
    }
  }

  private Outcome attemptWhileHeld(int port) {
    long deadline = System.nanoTime() + HELD.toNanos();
    Outcome outcome = start.attempt(port);
    while (outcome instanceof Outcome.StillHeld && System.nanoTime() < deadline) {
      ShortPause.millis(LEAST_PAUSE_MS);
      outcome = start.attempt(port);
    }
    return outcome;
  }

  private void watch(int port) {
    long pauseMs = LEAST_PAUSE_MS;
    while (true) {
      long startedAt = System.nanoTime();
      int exit = awaitExit();
      if (isStopping()) {
        return;
      }
      if (System.nanoTime() - startedAt > TimeUnit.MILLISECONDS.toNanos(MAX_PAUSE_MS)) {
        pauseMs = LEAST_PAUSE_MS;
      }
      LOG.error(
          "PostgreSQL ended unasked (exit {}); starting it again in {} ms. {}",
          exit,
          pauseMs,
          LogTail.of(cluster.log(), 1024).strip());
      while (!restart(port, pauseMs)) {
        if (isStopping()) {
          return;
        }
        pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
      }
      pauseMs = Math.min(MAX_PAUSE_MS, pauseMs * 2);
    }
  }

  private boolean restart(int port, long pauseMs) {
    try {
      if (stopping.await(pauseMs, TimeUnit.MILLISECONDS)) {
        return false;
      }
      return switch (start.attempt(port)) {
        case Outcome.Started(Process running) -> {
          process = running;
          LOG.info("PostgreSQL runs again on port {}", port);
          if (isStopping()) {
            stopServer();
          }
          yield true;
        }
        case Outcome.PortTaken(String tail) -> again(tail);
        case Outcome.StillHeld(String tail) -> again(tail);
        case Outcome.Failed(String tail) -> again(tail);
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while restarting PostgreSQL", e);
    } catch (PostgresException e) {
      return again(String.valueOf(e.getMessage()));
    }
  }

  private static boolean again(String why) {
    LOG.error("PostgreSQL did not start again: {}", why);
    return false;
  }

  private int awaitExit() {
    try {
      return requireNonNull(process, "process is null").waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("interrupted while watching PostgreSQL", e);
    }
  }

  private static boolean ended(Process running, Duration limit) {
    try {
      return running.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
