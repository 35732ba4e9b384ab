package io.tollgate.web.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one server. Every label is bounded: routes, known methods, statuses. */
final class HttpMeters {
  /** The path label of what no route answers. */
  static final String UNMATCHED = "unmatched";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final MeterRegistry registry;
  private final ConcurrentMap<Answer, Counter> answers = new ConcurrentHashMap<>();
  private final ConcurrentMap<Call, Timer> durations = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Counter refusedConnections;

  HttpMeters(MeterRegistry registry, String server, OpenConnections open) {
    this.registry = registry;
    Gauge.builder("tollgate_http_connections", open, OpenConnections::total)
        .description("Open connections")
        .tag("server", server)
        .register(registry);
    Gauge.builder("tollgate_http_requests_in_flight", inFlight, AtomicInteger::get)
        .description("Requests whose answers are not complete")
        .tag("server", server)
        .register(registry);
    refusedConnections =
        Counter.builder("tollgate_http_connections_refused")
            .description("Connections over the limit")
            .tag("server", server)
            .register(registry);
  }

  void connectionRefused() {
    refusedConnections.increment();
  }

  void began() {
    inFlight.incrementAndGet();
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  void answered(String method, String path, int status, long nanos) {
    String known = known(method);
    answers.computeIfAbsent(new Answer(known, path, bounded(status)), this::counter).increment();
    durations
        .computeIfAbsent(new Call(known, path), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The method, or {@code OTHER} for those that somebody made up. */
  static String known(String method) {
    return METHODS.contains(method) ? method : "OTHER";
  }

  private Counter counter(Answer answer) {
    return Counter.builder("billing_http_requests")
        .description("Requests answered")
        .tag("method", answer.method)
        .tag("path", answer.path)
        .tag("status", answer.status == 0 ? "invalid" : Integer.toString(answer.status))
        .register(registry);
  }

  /** A number that is no status of HTTP becomes 0: it would be as many labels as it likes. */
  private static int bounded(int status) {
    return status < 100 || status > 999 ? 0 : status;
  }

  private Timer timer(Call call) {
    return Timer.builder("tollgate_http_request_duration")
        .description("From the headers of a request to the last byte of its answer")
        .tag("method", call.method)
        .tag("path", call.path)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60))
        .register(registry);
  }

  private record Answer(String method, String path, int status) {}

  private record Call(String method, String path) {}
}
