package io.tollgate.web.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of connections to all upstreams, of all event loops together. Safe for use by many
 * threads.
 */
public final class UpstreamMeters {
  private static final String REFUSED = "tollgate_upstream_requests_refused";

  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter queueFull;
  private final Counter waitedTooLong;

  public UpstreamMeters(MeterRegistry registry) {
    Gauge.builder("tollgate_upstream_connections", open, AtomicInteger::get)
        .description("Connections to upstreams, those being opened included")
        .register(registry);
    Gauge.builder("tollgate_upstream_requests_waiting", waiting, AtomicInteger::get)
        .description("Requests that wait for a connection to an upstream")
        .register(registry);
    queueFull = refused(registry, "queue_full");
    waitedTooLong = refused(registry, "waited_too_long");
  }

  void open(int change) {
    open.addAndGet(change);
  }

  void waiting(int change) {
    waiting.addAndGet(change);
  }

  /** A request found as many waiting as may wait. */
  void refused() {
    queueFull.increment();
  }

  void waitedTooLong() {
    waitedTooLong.increment();
  }

  private static Counter refused(MeterRegistry registry, String reason) {
    return Counter.builder(REFUSED)
        .description("Requests that got no connection to an upstream")
        .tag("reason", reason)
        .register(registry);
  }
}
