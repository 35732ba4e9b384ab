package io.tollgate.data.internal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.EventSubscriber;
import io.tollgate.data.internal.OutboxReader.Batch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to one subscriber until stopped. */
final class EventDelivery implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventDelivery.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration LEAST_PAUSE = Duration.ofMillis(200);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private final EventSubscriber subscriber;
  private final OutboxReader reader;
  private final ClusterLock lock;
  private final WakeSignal published;
  private final Counter delivered;
  private final Counter failed;
  private final AtomicLong lagMs = new AtomicLong();
  private Duration pause = LEAST_PAUSE;

  EventDelivery(
      EventSubscriber subscriber,
      OutboxReader reader,
      ClusterLock lock,
      WakeSignal published,
      MeterRegistry registry,
      Duration alarm) {
    this.subscriber = subscriber;
    this.reader = reader;
    this.lock = lock;
    this.published = published;
    this.delivered = counter(registry, "tollgate.outbox.delivered", "events delivered");
    this.failed = counter(registry, "tollgate.outbox.failures", "deliveries that failed");
    Gauge.builder("tollgate.outbox.lag.seconds", lagMs, lag -> lag.get() / 1000.0)
        .description("age of the oldest event that was not delivered")
        .tag("subscriber", subscriber.name())
        .register(registry);
    Gauge.builder("tollgate.outbox.alarm", lagMs, lag -> lag.get() > alarm.toMillis() ? 1 : 0)
        .description("whether an event waits for the subscriber for too long")
        .tag("subscriber", subscriber.name())
        .register(registry);
  }

  @Override
  public void run() {
    boolean registered = false;
    while (!published.isClosed()) {
      long seen = published.count();
      try {
        if (!registered) {
          reader.register(subscriber.name());
          registered = true;
        }
        if (!deliverNext()) {
          published.await(seen, LOOK_AGAIN);
        }
        pause = LEAST_PAUSE;
      } catch (RuntimeException e) {
        failed.increment();
        lookAtLag();
        LOG.warn(
            "events were not delivered to {}; again in {} ms",
            subscriber.name(),
            pause.toMillis(),
            e);
        rest();
      }
    }
  }

  /** Delivers a batch; false when there is nothing to do here and now. */
  private boolean deliverNext() {
    Batch waiting = look();
    if (waiting.events().isEmpty() && !waiting.opened()) {
      return false;
    }
    try (ClusterLock.Held held = lock.tryTake("outbox:" + subscriber.name()).orElse(null)) {
      if (held == null) {
        return false;
      }
      // another process may have delivered it between the look and the lock
      Batch batch = look();
      if (batch.events().isEmpty() && !batch.opened()) {
        return false;
      }
      if (!batch.events().isEmpty()) {
        subscriber.receive(batch.events());
      }
      reader.advance(subscriber.name(), batch.last());
      delivered.increment(batch.events().size());
      return true;
    }
  }

  private Batch look() {
    Batch batch = reader.next(subscriber.name());
    lagMs.set(batch.oldestAgeMs());
    return batch;
  }

  /** How long events wait while they cannot be delivered. */
  private void lookAtLag() {
    try {
      Batch unused = look();
    } catch (RuntimeException e) {
      LOG.debug("how long events wait cannot be read", e);
    }
  }

  private void rest() {
    published.rest(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
  }

  private Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name)
        .description(description)
        .tag("subscriber", subscriber.name())
        .register(registry);
  }
}
