package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts clients, and what they are told. */
final class SyncMeters {
  static final String SSE = "sse";
  static final String WEBSOCKET = "websocket";

  private final MeterRegistry registry;
  private final InstantSource clock;
  private final Map<String, AtomicInteger> open =
      Map.of(SSE, new AtomicInteger(), WEBSOCKET, new AtomicInteger());
  private final Map<String, Counter> sent;
  private final Counter collapsed;
  private final Timer lag;

  /**
   * @param clock the database's time
   */
  SyncMeters(MeterRegistry registry, InstantSource clock) {
    this.registry = requireNonNull(registry, "registry is null");
    this.clock = requireNonNull(clock, "clock is null");
    open.forEach(
        (transport, count) -> {
          var unused =
              io.micrometer.core.instrument.Gauge.builder(
                      "tollgate.sync.connections", count, AtomicInteger::get)
                  .description("clients that follow their numbers")
                  .tag("transport", transport)
                  .register(registry);
        });
    sent = Map.of(SSE, sent(SSE), WEBSOCKET, sent(WEBSOCKET));
    collapsed =
        Counter.builder("tollgate.sync.collapsed")
            .description("backlogs of slow clients that a fresh snapshot took the place of")
            .register(registry);
    lag =
        Timer.builder("tollgate.sync.lag")
            .description("from the writing of an event to when this process passes it on")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);
  }

  private Counter sent(String transport) {
    return Counter.builder("tollgate.sync.events.sent")
        .description("events written to clients")
        .tag("transport", transport)
        .register(registry);
  }

  void opened(String transport) {
    var unused = count(transport).incrementAndGet();
  }

  void closed(String transport) {
    var unused = count(transport).decrementAndGet();
  }

  void sentTo(String transport) {
    Counter counter = sent.get(transport);
    if (counter != null) {
      counter.increment();
    }
  }

  /**
   * @param why {@code all} or {@code user}: whose bound was met
   */
  void refused(String why) {
    Counter.builder("tollgate.sync.refused")
        .description("clients that were refused as there were too many")
        .tag("bound", why)
        .register(registry)
        .increment();
  }

  void collapsed() {
    collapsed.increment();
  }

  void heard(List<SyncEvent> events) {
    Instant now = clock.instant();
    for (SyncEvent event : events) {
      lag.record(Math.max(0, Duration.between(event.at(), now).toNanos()), TimeUnit.NANOSECONDS);
    }
  }

  private AtomicInteger count(String transport) {
    return requireNonNull(open.get(transport), "no such transport");
  }
}
