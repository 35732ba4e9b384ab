package io.tollgate.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code GET /health}: the process runs. {@code GET /health/ready}: it can serve; 503 names the
 * checks that fail, and is the answer as soon as the process is about to stop.
 */
public final class HealthRoutes implements Routes {
  private final String service;
  private final String version;
  private final String wellWord;
  private final Readiness readiness;
  private final Map<String, Object> more;

  public HealthRoutes(String service, String version, Readiness readiness) {
    this(service, version, "healthy", readiness, Map.of());
  }

  private HealthRoutes(
      String service,
      String version,
      String wellWord,
      Readiness readiness,
      Map<String, Object> more) {
    this.service = service;
    this.version = version;
    this.wellWord = wellWord;
    this.readiness = readiness;
    this.more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /** The same under the name of a role, which says it is well in the word its clients expect. */
  public HealthRoutes as(String role, String word) {
    return new HealthRoutes(role, version, word, readiness, more);
  }

  /** The same with further fields, which are not to change. */
  public HealthRoutes with(Map<String, Object> fields) {
    return new HealthRoutes(service, version, wellWord, readiness, fields);
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
    Map<String, String> failing = readiness.failing();
    if (failing.isEmpty()) {
      return Response.json(200, body(wellWord, true, "UP"));
    }
    Map<String, Object> body = new LinkedHashMap<>(body("unhealthy", false, "DOWN"));
    body.put("failing", failing);
    return Response.json(503, body);
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
    body.putAll(more);
    return body;
  }
}
