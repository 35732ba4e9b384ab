package io.tollgate.data.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** How many transactions, how long, how often again. */
public final class TransactionMeters {
  private final Map<Kind, Timer> committed = new EnumMap<>(Kind.class);
  private final Map<Kind, Timer> failed = new EnumMap<>(Kind.class);
  private final Counter retries;

  public TransactionMeters(MeterRegistry registry) {
    for (Kind kind : Kind.values()) {
      committed.put(kind, timer(registry, kind, "committed"));
      failed.put(kind, timer(registry, kind, "failed"));
    }
    retries =
        Counter.builder("tollgate.transaction.retries")
            .description("transactions run again after a deadlock or serialization failure")
            .register(registry);
  }

  void ended(Kind kind, boolean done, Duration took) {
    Timer timer = (done ? committed : failed).get(kind);
    if (timer != null) {
      timer.record(took);
    }
  }

  void retried() {
    retries.increment();
  }

  private static Timer timer(MeterRegistry registry, Kind kind, String outcome) {
    return Timer.builder("tollgate.transaction")
        .description("database transactions, waiting for a connection and retries included")
        .tag("kind", kind.label())
        .tag("outcome", outcome)
        .register(registry);
  }
}
