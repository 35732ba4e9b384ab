package io.tollgate.data.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts transactions, how long they took, and how often they were tried again. */
public final class TransactionMeters {
  private final Map<TransactionMode, Timer> committed = new EnumMap<>(TransactionMode.class);
  private final Map<TransactionMode, Timer> failed = new EnumMap<>(TransactionMode.class);
  private final Counter retries;

  public TransactionMeters(MeterRegistry registry) {
    for (TransactionMode kind : TransactionMode.values()) {
      committed.put(kind, timer(registry, kind, "committed"));
      failed.put(kind, timer(registry, kind, "failed"));
    }
    retries =
        Counter.builder("tollgate.transaction.retries")
            .description("transactions run again after a deadlock or serialization failure")
            .register(registry);
  }

  void ended(TransactionMode kind, boolean done, Duration took) {
    Timer timer = (done ? committed : failed).get(kind);
    if (timer != null) {
      timer.record(took);
    }
  }

  void retried() {
    retries.increment();
  }

  private static Timer timer(MeterRegistry registry, TransactionMode kind, String outcome) {
    return Timer.builder("tollgate.transaction")
        .description("database transactions, waiting for a connection and retries included")
        .tag("kind", kind.label())
        .tag("outcome", outcome)
        .register(registry);
  }
}
