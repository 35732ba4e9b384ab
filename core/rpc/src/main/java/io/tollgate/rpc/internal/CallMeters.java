package io.tollgate.rpc.internal;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one server. Every label is bounded: methods that are served, statuses of gRPC. */
final class CallMeters {
  private final MeterRegistry registry;
  private final String server;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final ConcurrentMap<Answer, Counter> answers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Timer> durations = new ConcurrentHashMap<>();

  CallMeters(MeterRegistry registry, String server, CallTurns turns) {
    this.registry = registry;
    this.server = server;
    Gauge.builder("tollgate_grpc_calls_in_flight", inFlight, AtomicInteger::get)
        .description("Calls that have not ended")
        .tag("server", server)
        .register(registry);
    Gauge.builder("tollgate_grpc_calls_admitted", turns, CallTurns::admitted)
        .description("Calls running or waiting for their turn")
        .tag("server", server)
        .register(registry);
  }

  void connections(BoundedConnections connections) {
    Gauge.builder("tollgate_grpc_connections", connections, BoundedConnections::open)
        .description("Open connections")
        .tag("server", server)
        .register(registry);
    FunctionCounter.builder(
            "tollgate_grpc_connections_refused", connections, BoundedConnections::refused)
        .description("Connections over the limit")
        .tag("server", server)
        .register(registry);
  }

  void began() {
    inFlight.incrementAndGet();
  }

  void ended(String method, Status.Code status, long nanos) {
    inFlight.decrementAndGet();
    answers.computeIfAbsent(new Answer(method, status), this::counter).increment();
    durations.computeIfAbsent(method, this::timer).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(Answer answer) {
    return Counter.builder("tollgate_grpc_calls")
        .description("Calls ended")
        .tag("method", answer.method)
        .tag("status", answer.status.name())
        .register(registry);
  }

  private Timer timer(String method) {
    return Timer.builder("tollgate_grpc_call_duration")
        .description("From the metadata of a call to its status")
        .tag("method", method)
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10))
        .register(registry);
  }

  private record Answer(String method, Status.Code status) {}
}
