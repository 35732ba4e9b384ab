package io.tollgate.insight.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.RequestSearch;
import io.tollgate.insight.RequestTaking;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.Retention;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that brings the spool into the store, again and again. A store that cannot be opened
 * or written is tried again; what waits stays on disk meanwhile.
 */
public final class LogKeeper implements RequestSearch, RequestTaking, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogKeeper.class);
  private static final int BATCH_MAX = 20_000;
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration CLEANING = Duration.ofHours(1);

  /** After so long a day is over for its last requests too. */
  private static final Duration SETTLED = Duration.ofHours(1);

  private static final Duration MEASURING = Duration.ofMinutes(1);
  private static final Duration QUERY_WAIT = Duration.ofSeconds(10);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  /** Opens the store. */
  @FunctionalInterface
  public interface Opening {
    LogStore open() throws StoreException;
  }

  private final Opening opening;
  private final SpoolFolder folder;
  private final SpoolMeters meters;
  private final Supplier<Duration> kept;
  private final Supplier<Map<TenantId, Duration>> keptOf;
  private final InstantSource clock;
  private final Semaphore queries;
  private final ExportFiles exports;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("request-log").unstarted(this::run);
  private final Object wakeUp = new Object();
  private final LogAppending appending = new LogAppending();
  private volatile @Nullable LogStore store;
  private volatile boolean asked;
  private volatile boolean stopping;
  private @Nullable SpoolReader reader;
  private Instant cleanAt;
  private volatile Instant addUpAt;
  private volatile boolean addedUp;
  private Optional<Retention> bounds = Optional.empty();
  private Instant measureAt;

  /**
   * @param kept how long requests are kept
   * @param keptOf how long those of tenants that have a time of their own
   * @param queriesMax queries at a time
   * @param exports where files are written that are on their way to somebody
   */
  public LogKeeper(
      Opening opening,
      SpoolFolder folder,
      SpoolMeters meters,
      Supplier<Duration> kept,
      Supplier<Map<TenantId, Duration>> keptOf,
      InstantSource clock,
      int queriesMax,
      ExportFiles exports) {
    this.opening = requireNonNull(opening, "opening is null");
    this.folder = requireNonNull(folder, "folder is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.keptOf = requireNonNull(keptOf, "keptOf is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.exports = requireNonNull(exports, "exports is null");
    this.queries = new Semaphore(queriesMax, true);
    this.cleanAt = clock.instant();
    this.addUpAt = cleanAt;
    this.measureAt = clock.instant();
  }

  public void start() {
    thread.start();
  }

  @Override
  public List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after) {
    return ask(open -> open.find(filter, limit, after));
  }

  @Override
  public long count(LogFilter filter) {
    return ask(open -> open.count(filter));
  }

  @Override
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit) {
    return ask(open -> open.statistics(filter, grouping, limit));
  }

  @Override
  public List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit) {
    return ask(open -> open.hours(filter, grouping, limit));
  }

  @Override
  public List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest) {
    return ask(open -> open.find(requests, earliest, latest));
  }

  @Override
  public void parquet(LogFilter filter, long rowsMax, OutputStream out) throws IOException {
    exports.write(out, target -> ask(open -> open.parquet(filter, rowsMax, target)));
  }

  /**
   * A writer of its spool, for one thread.
   *
   * @param refusedPerSecond refused requests kept in a second before the others are sampled
   */
  public RequestLog writer(int refusedPerSecond) {
    return new SpoolWriter(folder, refusedPerSecond, meters);
  }

  /** As {@link LogStore#sums}. */
  public List<LogSum> sums(Instant start, Instant end) {
    return ask(open -> open.sums(start, end));
  }

  /**
   * Sets requests right, with nobody who takes or brings others in between.
   *
   * @param requests 10,000 at most
   * @param earliest none of them arrived before
   * @param latest none of them arrived after
   * @param right of those that there are, what is to stand in their place or beside them
   * @return how many were set right
   */
  public int replace(
      Collection<UUID> requests,
      Instant earliest,
      Instant latest,
      Function<List<LoggedRow>, List<LoggedRow>> right) {
    return ask(open -> appending.replace(open, requests, earliest, latest, right));
  }

  @Override
  public int take(List<LoggedRow> rows) {
    if (rows.size() > ROWS_MAX) {
      throw new IllegalArgumentException(
          "rows: " + rows.size() + " (expected: at most " + ROWS_MAX + ")");
    }
    return rows.isEmpty() ? 0 : ask(open -> appending.appendNew(open, rows));
  }

  private <T> T ask(Question<T> question) {
    try {
      if (!queries.tryAcquire(QUERY_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unavailable("too many queries of the request log run", null);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return question.of(opened());
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (StoreException e) {
      LOG.error("a query of the request log failed", e);
      throw unavailable("the request log could not be read", e);
    } finally {
      queries.release();
    }
  }

  /** It is opened with the first request, or the first question. */
  private LogStore opened() throws InterruptedException {
    long until = System.nanoTime() + QUERY_WAIT.toNanos();
    synchronized (wakeUp) {
      LogStore open = store;
      while (open == null) {
        asked = true;
        wakeUp.notifyAll();
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0 || stopping) {
          throw unavailable("the request log is not open", null);
        }
        wakeUp.wait(left);
        open = store;
      }
      return open;
    }
  }

  private static Refusal interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return unavailable("the process is stopping", e);
  }

  private static Refusal unavailable(String why, @Nullable Exception cause) {
    String message = why + " (expected: a later try)";
    Refusal refusal =
        cause == null
            ? new Refusal(ErrorCode.UNAVAILABLE, message)
            : new Refusal(ErrorCode.UNAVAILABLE, message, cause);
    return refusal.withRetryAfter(Duration.ofSeconds(1));
  }

  private void run() {
    long takenAt = System.nanoTime();
    while (true) {
      boolean last = stopping;
      try {
        if (asked || !folder.untouched()) {
          bring();
          clean();
          addUp();
          measure();
        }
        takenAt = System.nanoTime();
        if (last) {
          return;
        }
        pause(PAUSE);
      } catch (StoreException | RuntimeException e) {
        meters.waiting(takenAt);
        LOG.error("the request log cannot be written; what waits stays on disk", e);
        closeStore();
        if (last) {
          return;
        }
        pause(RETRY);
      }
    }
  }

  private void bring() throws StoreException {
    LogStore open = store;
    SpoolReader from = reader;
    if (open == null || from == null) {
      open = opening.open();
      from = new SpoolReader(folder, open.marks(folder.names()), meters);
      reader = from;
      synchronized (wakeUp) {
        store = open;
        wakeUp.notifyAll();
      }
    }
    boolean more = true;
    while (more) {
      SpoolReader.Batch batch = from.next(BATCH_MAX);
      if (!batch.entries().isEmpty()) {
        appending.append(open, batch);
        if (isOfAnEarlierDay(batch)) {
          addUpAt = clock.instant();
          addedUp = false;
        }
      }
      from.stored(batch);
      more = batch.more();
    }
  }

  private void clean() throws StoreException {
    Instant now = clock.instant();
    LogStore open = store;
    if (open != null && !now.isBefore(cleanAt)) {
      cleanAt = now.plus(CLEANING);
      Optional<Retention> retention = retention(now);
      long removed = retention.isPresent() ? open.remove(retention.get()) : 0;
      if (removed > 0) {
        LOG.atInfo().addKeyValue("requests", removed).log("old requests left the request log");
      }
      bounds = retention;
      addUpAt = now;
    }
  }

  /** Whether every day that is over was added up when that was looked at last. */
  public boolean hasAddedUp() {
    return addedUp;
  }

  private boolean isOfAnEarlierDay(SpoolReader.Batch batch) {
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
    return batch.entries().stream().anyMatch(entry -> entry.request().arrivedAt().isBefore(today));
  }

  /** One day at a time, between what comes in. */
  private void addUp() throws StoreException {
    Instant now = clock.instant();
    LogStore open = store;
    if (open != null && bounds.isPresent() && !now.isBefore(addUpAt)) {
      boolean more = open.addUp(now.minus(SETTLED), bounds.get());
      addUpAt = more ? now : now.plus(CLEANING);
      addedUp = !more;
    }
  }

  /** Empty where nobody can tell now what tenants want; the next time will do. */
  private Optional<Retention> retention(Instant now) {
    Map<Long, Instant> own = new HashMap<>();
    Instant usual;
    try {
      usual = now.minus(kept.get());
      keptOf.get().forEach((tenant, days) -> own.put(tenant.value(), now.minus(days)));
    } catch (RuntimeException e) {
      LOG.warn("nothing leaves the request log: how long tenants keep theirs cannot be read", e);
      return Optional.empty();
    }
    return Optional.of(new Retention(usual, own));
  }

  private void measure() throws StoreException {
    Instant now = clock.instant();
    LogStore open = store;
    if (open != null && !now.isBefore(measureAt)) {
      measureAt = now.plus(MEASURING);
      meters.holds(open.standing(), now);
    }
  }

  private void closeStore() {
    LogStore open = store;
    store = null;
    reader = null;
    if (open != null) {
      try {
        open.close();
      } catch (StoreException e) {
        LOG.warn("the store of the request log could not be closed", e);
      }
    }
  }

  private void pause(Duration time) {
    synchronized (wakeUp) {
      if (!stopping && !(asked && store == null)) {
        try {
          wakeUp.wait(time.toMillis());
        } catch (InterruptedException e) {
          // nobody interrupts it: it goes on
          LOG.warn("the request log's thread was interrupted");
        }
      }
    }
  }

  /** Brings what waits into the store, and closes it. */
  @Override
  public void close() {
    synchronized (wakeUp) {
      stopping = true;
      wakeUp.notifyAll();
    }
    try {
      boolean _ = thread.join(STOP_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeStore();
    folder.close();
  }

  private interface Question<T> {
    T of(LogStore store) throws StoreException;
  }
}
