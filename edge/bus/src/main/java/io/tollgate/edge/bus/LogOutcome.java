package io.tollgate.edge.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what becomes of entries of the request log on the bus. */
final class LogOutcome {
  private LogOutcome() {}

  static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("tollgate.nats.log")
        .description("entries of log.write by what became of them")
        .tag("outcome", outcome)
        .register(registry);
  }
}
