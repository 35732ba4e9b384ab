package io.tollgate.web.internal;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.web.BodyLimits;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that request bodies of one server take at one time, over all event loops: taken before
 * it is allocated, so much by all and so much by one network. Safe for use by many threads.
 */
final class BodyBudget {
  private final BodyLimits limits;
  private final AtomicLong held = new AtomicLong();
  private final ConcurrentMap<CallerNetwork, Long> byNetwork = new ConcurrentHashMap<>();

  BodyBudget(BodyLimits limits, MeterRegistry registry, String server) {
    this.limits = limits;
    Gauge.builder("tollgate_http_body_held_bytes", held, AtomicLong::get)
        .description("Memory that request bodies take")
        .tag("server", server)
        .register(registry);
  }

  /**
   * Takes memory for a body, which is refused when there is not that much, unless the body stays
   * small with it.
   *
   * @param before what the body has taken already
   */
  boolean reserve(CallerNetwork network, long before, long bytes) {
    long all = held.addAndGet(bytes);
    long own = byNetwork.merge(network, bytes, Long::sum);
    if (before + bytes <= BodyLimits.SMALL_BYTES
        || all <= limits.totalBytes() && own <= limits.addressBytes()) {
      return true;
    }
    release(network, bytes);
    return false;
  }

  void release(CallerNetwork network, long bytes) {
    held.addAndGet(-bytes);
    byNetwork.computeIfPresent(network, (key, own) -> own == bytes ? null : own - bytes);
  }
}
