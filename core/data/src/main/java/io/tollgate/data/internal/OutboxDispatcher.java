package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.EventSubscriber;
import io.tollgate.data.EventsConfig;
import io.tollgate.data.Outbox;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to every subscriber, each on a thread of its own, so that a slow one delays none. */
public final class OutboxDispatcher implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);
  private static final int MAX_SUBSCRIBERS = 50;
  private static final Duration CLEAN_UP = Duration.ofMinutes(10);

  /**
   * Events are kept for a time, and longer for a subscriber that did not get them, within a bound.
   * They are looked at in the order of their transactions, which is about that of their age, so
   * that no index of the age is needed.
   */
  private static final String FORGET =
      """
      WITH oldest AS MATERIALIZED (
        SELECT o.id, o.created_at,
               EXISTS (SELECT FROM data.outbox_cursor c
                        WHERE o.xid >= c.xid AND (o.xid >= c.until OR o.id > c.id)) AS waited
          FROM data.outbox o
         ORDER BY o.xid, o.id
         LIMIT ?
      )
      DELETE FROM data.outbox d
       USING oldest o
       WHERE d.id = o.id
         AND (o.created_at < clock_timestamp() - make_interval(secs => ?) AND NOT o.waited
              OR o.created_at < clock_timestamp() - make_interval(secs => ?)
              OR o.id <= (SELECT max(id) FROM data.outbox) - ?)
      RETURNING o.waited
      """;

  private static final int FORGET_AT_ONCE = 5_000;

  private final Transactions transactions;
  private final ClusterLock lock;
  private final WakeSignal published;
  private final MeterRegistry registry;
  private final EventsConfig config;
  private final Counter lost;
  private final Map<String, EventSubscriber> subscribers = new LinkedHashMap<>();
  private final WorkerThreads workers = new WorkerThreads("outbox");

  /**
   * @param published raised after each commit that wrote an event
   * @param config how long events are kept
   */
  public OutboxDispatcher(
      Transactions transactions,
      ClusterLock lock,
      WakeSignal published,
      MeterRegistry registry,
      EventsConfig config) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.lock = requireNonNull(lock, "lock is null");
    this.published = requireNonNull(published, "published is null");
    this.registry = requireNonNull(registry, "registry is null");
    this.config = requireNonNull(config, "config is null");
    this.lost =
        Counter.builder("tollgate.outbox.lost")
            .description("events dropped by age or number that a subscriber had not taken")
            .register(registry);
  }

  @Override
  public void subscribe(EventSubscriber subscriber) {
    String name = subscriber.name();
    if (name.isEmpty() || name.length() > 100) {
      throw new IllegalArgumentException(
          "subscriber name: " + name + " (expected: 1 to 100 characters)");
    }
    if (workers.isStarted() || subscribers.size() == MAX_SUBSCRIBERS) {
      throw new IllegalStateException(
          "subscriber "
              + name
              + " comes too late, or as one too many (expected: before the start, at most "
              + MAX_SUBSCRIBERS
              + ")");
    }
    if (subscribers.putIfAbsent(name, subscriber) != null) {
      throw new IllegalArgumentException("two subscribers are called " + name);
    }
  }

  /** The job that forgets old events. */
  public RecurringJob cleanUp() {
    return new RecurringJob("outbox-clean-up", CLEAN_UP, this::forget);
  }

  public void start() {
    OutboxReader reader = new OutboxReader(transactions);
    workers.start(
        subscribers.values().stream()
            .map(
                subscriber ->
                    new EventDelivery(
                        subscriber, reader, lock, published, registry, config.alarm()))
            .toList());
  }

  /** Lets deliveries under way end, and begins no more. */
  public void stop() {
    published.close();
    workers.join();
  }

  void forget() {
    int forgotten;
    do {
      List<Boolean> waited =
          transactions.write(
              transaction ->
                  transaction
                      .sql()
                      .fetch(
                          FORGET,
                          FORGET_AT_ONCE,
                          config.kept().toSeconds(),
                          config.backlog().toSeconds(),
                          config.max())
                      .map(row -> row.get(0, boolean.class)));
      forgotten = waited.size();
      long undelivered = waited.stream().filter(each -> each).count();
      if (undelivered > 0) {
        lost.increment(undelivered);
        LOG.error("{} events were dropped that a subscriber had not taken", undelivered);
      }
      if (forgotten > 0) {
        LOG.info("{} old events forgotten", forgotten);
      }
    } while (forgotten == FORGET_AT_ONCE && !published.isClosed());
  }
}
