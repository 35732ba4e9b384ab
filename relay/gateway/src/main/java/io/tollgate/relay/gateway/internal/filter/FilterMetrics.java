package io.tollgate.relay.gateway.internal.filter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How filters answer, and how fast. Safe for use by many threads. */
final class FilterMetrics {
  private static final String REQUESTS = "tollgate.relay.filter.requests";

  private final MeterRegistry registry;
  private final Timer duration;

  FilterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.duration =
        Timer.builder("tollgate.relay.filter.duration")
            .description("question to answer of a tenant's filter")
            .register(registry);
  }

  void asked(FilterPhase phase, FilterVerdict verdict, long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
    count(
        phase,
        switch (verdict) {
          case FilterVerdict.Allow _ -> "allow";
          case FilterVerdict.Refuse _ -> "refuse";
          case FilterVerdict.Rewrite _ -> "rewrite";
          case FilterVerdict.Failed _ -> "failed";
        });
  }

  void leftAlone(FilterPhase phase) {
    count(phase, "left_alone");
  }

  private void count(FilterPhase phase, String result) {
    registry.counter(REQUESTS, "phase", phase.code(), "result", result).increment();
  }
}
