package io.tollgate.web;

import io.tollgate.ground.module.ReadinessCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
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
 * {@code GET /health}: the process runs. {@code GET /health/ready}: it can serve; 503 names the
 * checks that fail, and is the answer as soon as the process is about to stop.
 */
public final class HealthRoutes implements Routes {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);
  private static final Duration CHECK_DEADLINE = Duration.ofSeconds(3);

  private final String service;
  private final String version;
  private final String wellWord;
  private final List<ReadinessCheck> checks;
  private final BooleanSupplier stopping;

  /**
   * @param stopping whether the process is about to stop, e.g. {@link WebEdge#draining}
   */
  public HealthRoutes(
      String service, String version, List<ReadinessCheck> checks, BooleanSupplier stopping) {
    this(service, version, "healthy", checks, stopping);
  }

  private HealthRoutes(
      String service,
      String version,
      String wellWord,
      List<ReadinessCheck> checks,
      BooleanSupplier stopping) {
    this.service = service;
    this.version = version;
    this.wellWord = wellWord;
    this.checks = List.copyOf(checks);
    this.stopping = stopping;
  }

  /** The same under the name of a role, which says it is well in the word its clients expect. */
  public HealthRoutes as(String role, String word) {
    return new HealthRoutes(role, version, word, checks, stopping);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    Response healthy = Response.json(200, body(wellWord, true, "UP"));
    table.stream(
        HttpMethod.GET,
        "/health",
        errors,
        (context, request) -> AnswerSender.send(request, healthy));
    table.blocking(HttpMethod.GET, "/health/ready", errors, request -> ready());
  }

  private Response ready() throws InterruptedException {
    Map<String, String> failing = new LinkedHashMap<>();
    if (stopping.getAsBoolean()) {
      failing.put("process", "stopping");
    } else {
      Map<String, FutureTask<Optional<String>>> running = new LinkedHashMap<>();
      for (ReadinessCheck check : checks) {
        FutureTask<Optional<String>> task = new FutureTask<>(caught(check));
        Thread.ofVirtual().name("ready-" + check.name()).start(task);
        running.put(check.name(), task);
      }
      long deadline = System.nanoTime() + CHECK_DEADLINE.toNanos();
      for (Map.Entry<String, FutureTask<Optional<String>>> check : running.entrySet()) {
        result(check.getValue(), deadline)
            .ifPresent(problem -> failing.put(check.getKey(), problem));
      }
    }
    if (failing.isEmpty()) {
      return Response.json(200, body(wellWord, true, "UP"));
    }
    Map<String, Object> body = new LinkedHashMap<>(body("unhealthy", false, "DOWN"));
    body.put("failing", failing);
    return Response.json(503, body);
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

  private Map<String, Object> body(String status, boolean success, String state) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put("status", state);
    data.put("service", service);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status);
    body.put("service", service);
    body.put("version", version);
    body.put("success", success);
    body.put("data", data);
    return body;
  }
}
