package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.LiveEvents;
import io.tollgate.data.Transactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.Cursor;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the outbox from one snapshot of PostgreSQL to the next: what the new one sees and the old
 * one did not has been committed between. So nothing waits for transactions that run long, nothing
 * is told twice, and nobody is notified by those who write: NOTIFY takes a lock that all commits of
 * the server share.
 */
public final class EventTail implements LiveEvents, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);

  /** So often is looked for what other processes have committed. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Commits of our own within so long are read at once. */
  private static final Duration GATHER = Duration.ofMillis(10);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final int CHUNK = 500;

  private static final String NOW = "SELECT pg_current_snapshot()::text";

  private static final String SINCE =
      "SELECT "
          + EventRows.COLUMNS
          + """
           FROM data.outbox o
          WHERE o.xid >= pg_snapshot_xmin(?::pg_snapshot)
            AND NOT pg_visible_in_snapshot(o.xid, ?::pg_snapshot)
            AND pg_visible_in_snapshot(o.xid, ?::pg_snapshot)
            AND o.user_id > 0
          ORDER BY o.id + 0
          """;

  private final Transactions transactions;
  private final WakeSignal published;
  private final Counter read;
  private final Counter failures;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable String seen;

  public EventTail(Transactions transactions, WakeSignal published, MeterRegistry registry) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.published = requireNonNull(published, "published is null");
    this.read =
        Counter.builder("tollgate.events.read")
            .description("events of users read for those who are connected to this process")
            .register(registry);
    this.failures =
        Counter.builder("tollgate.events.read.failures")
            .description("looks for new events that failed and were repeated")
            .register(registry);
  }

  @Override
  public void subscribe(Listener listener) {
    listeners.add(requireNonNull(listener, "listener is null"));
  }

  @Override
  public synchronized void begin() {
    if (seen == null) {
      seen = snapshot();
    }
  }

  @Override
  public void run() {
    long count = published.count();
    while (!published.isClosed()) {
      try {
        follow();
        published.await(count, LOOK_AGAIN);
        if (published.count() != count) {
          published.rest(GATHER);
        }
      } catch (RuntimeException e) {
        failures.increment();
        LOG.warn("new events cannot be read; again in {} ms", AFTER_FAILURE.toMillis(), e);
        published.rest(AFTER_FAILURE);
      }
      count = published.count();
    }
  }

  private synchronized void follow() {
    String before = seen;
    if (before == null) {
      return;
    }
    if (listeners.stream().noneMatch(Listener::wants)) {
      seen = null;
      return;
    }
    String now = snapshot();
    if (!now.equals(before)) {
      tell(before, now);
      seen = now;
    }
  }

  private void tell(String before, String now) {
    Object _ =
        transactions.read(
            transaction -> {
              List<DeliveredEvent> chunk = new ArrayList<>();
              try (Cursor<Record> rows =
                  transaction
                      .sql()
                      .resultQuery(SINCE, before, before, now)
                      .fetchSize(CHUNK)
                      .fetchLazy()) {
                for (Record row : rows) {
                  chunk.add(EventRows.event(row));
                  if (chunk.size() == CHUNK) {
                    tell(chunk);
                    chunk.clear();
                  }
                }
              }
              if (!chunk.isEmpty()) {
                tell(chunk);
              }
              return true;
            });
  }

  private void tell(List<DeliveredEvent> events) {
    read.increment(events.size());
    List<DeliveredEvent> all = List.copyOf(events);
    for (Listener listener : listeners) {
      try {
        listener.committed(all);
      } catch (RuntimeException e) {
        LOG.error("one who listens to events failed", e);
      }
    }
  }

  private String snapshot() {
    return transactions.read(
        transaction -> transaction.sql().fetchSingle(NOW).get(0, String.class));
  }
}
