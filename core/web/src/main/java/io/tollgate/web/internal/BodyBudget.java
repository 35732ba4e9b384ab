package io.tollgate.web.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of request bodies that one server holds in memory at one time, over all event loops.
 * Safe for use by many threads.
 */
final class BodyBudget {
  private final AtomicLong held = new AtomicLong();
  private final long most;

  BodyBudget(long most, MeterRegistry registry, String server) {
    this.most = most;
    Gauge.builder("tollgate_http_body_held_bytes", held, AtomicLong::get)
        .description("Request bodies held in memory")
        .tag("server", server)
        .register(registry);
  }

  boolean reserve(long bytes) {
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  void release(long bytes) {
    held.addAndGet(-bytes);
  }
}
