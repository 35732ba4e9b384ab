package io.tollgate.web;

import io.tollgate.ground.module.ReadinessCheck;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a process can serve: all its checks pass, each within its time, and it is not about to
 * stop. Safe for use by many threads.
 */
public final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration CHECK_DEADLINE = Duration.ofSeconds(3);

  private final List<ReadinessCheck> checks;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether the process is about to stop, e.g. {@link WebEdge#draining}
   */
  public Readiness(List<ReadinessCheck> checks, BooleanSupplier stopping) {
    this.checks = List.copyOf(checks);
    this.stopping = stopping;
  }

  /**
   * What fails, by its name; nothing when the process can serve. Blocking, some seconds at most.
   */
  public Map<String, String> failing() throws InterruptedException {
    Map<String, String> failing = new LinkedHashMap<>();
    if (stopping.getAsBoolean()) {
      failing.put("process", "stopping");
      return failing;
    }
    Map<String, FutureTask<Optional<String>>> running = new LinkedHashMap<>();
    for (ReadinessCheck check : checks) {
      FutureTask<Optional<String>> task = new FutureTask<>(caught(check));
      Thread.ofVirtual().name("ready-" + check.name()).start(task);
      running.put(check.name(), task);
    }
    long deadline = System.nanoTime() + CHECK_DEADLINE.toNanos();
    for (Map.Entry<String, FutureTask<Optional<String>>> check : running.entrySet()) {
      result(check.getValue(), deadline).ifPresent(problem -> failing.put(check.getKey(), problem));
    }
    return failing;
  }

  /** Whether nothing fails. */
  public boolean isReady() {
    try {
      return failing().isEmpty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Optional<String> result(FutureTask<Optional<String>> task, long deadlineNanos)
      throws InterruptedException {
    try {
      return task.get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return Optional.of("no answer within " + CHECK_DEADLINE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return Optional.of("failed");
    }
  }

  private static Callable<Optional<String>> caught(ReadinessCheck check) {
    return () -> {
      try {
        return check.problem().call();
      } catch (Exception e) {
        LOG.atWarn().setCause(e).addKeyValue("check", check.name()).log("readiness check failed");
        return Optional.of("failed: " + e.getClass().getSimpleName());
      }
    };
  }
}
