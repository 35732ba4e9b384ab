package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.internal.monitor.MarketTimes.Place;
import io.tollgate.trading.engine.scan.ScanSubject;
import io.tollgate.trading.exchange.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * One round after another: finds which bars have closed and has them looked at. Run by one process
 * of the cluster at a time; whoever takes over goes on from what is kept. For one thread at a time.
 */
public final class ScanRound implements AutoCloseable {
  /** Pairs that are asked for at one time. */
  private static final int AT_ONCE = 8;

  private final Transactions transactions;
  private final StoredMonitor monitor;
  private final ScanSubjects subjects;
  private final MarketTimes times;
  private final PairLook look;
  private final ScanMeters meters;
  private final LongSupplier nanoTime;
  private final String holder;
  private final Map<StoredScans.Key, ScanSlot> slots = new HashMap<>();
  private final Map<StoredScans.Key, String> faults = new HashMap<>();
  private boolean alone;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param holder by which this process is told from others
   * @param nanoTime that never goes back
   */
  ScanRound(
      Transactions transactions,
      StoredMonitor monitor,
      ScanSubjects subjects,
      MarketTimes times,
      PairLook look,
      ScanMeters meters,
      LongSupplier nanoTime,
      String holder) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.monitor = requireNonNull(monitor, "monitor is null");
    this.subjects = requireNonNull(subjects, "subjects is null");
    this.times = requireNonNull(times, "times is null");
    this.look = requireNonNull(look, "look is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
    this.holder = requireNonNull(holder, "holder is null");
  }

  /** A pair's bars, which several strategies may see. */
  record Series(Place place, Symbol symbol, Timeframe timeframe) {
    static Series of(ScanSubject subject) {
      return new Series(
          new Place(subject.exchange(), subject.market()), subject.symbol(), subject.timeframe());
    }
  }

  /** Looks at what is due now; returns when all of it is done. */
  public void run() {
    SignalMonitor.Terms terms =
        transactions.write(
            transaction -> {
              alone = monitor.beat(transaction, holder);
              return monitor.terms(transaction);
            });
    if (!alone) {
      // another process has looked since: what it kept is gone on from
      slots.values().forEach(ScanSlot::forget);
    }
    if (!terms.running()) {
      return;
    }
    ScanSubjects.Found found = subjects.all();
    adopt(found.subjects());
    AtomicLong errors = new AtomicLong(note(found.faults()));
    Map<Series, List<ScanSlot>> due = due(terms);
    if (!due.isEmpty()) {
      lookAt(due, errors);
    }
    if (!due.isEmpty() || errors.get() > 0) {
      transactions.write(
          transaction -> {
            monitor.checked(transaction, errors.get());
            return true;
          });
    }
  }

  private void adopt(List<ScanSubject> wanted) {
    Set<StoredScans.Key> keys = new HashSet<>();
    for (ScanSubject subject : wanted) {
      StoredScans.Key key = new StoredScans.Key(subject.strategy(), subject.symbol().toString());
      keys.add(key);
      ScanSlot known = slots.get(key);
      if (known == null || !known.subject().sameAs(subject)) {
        slots.put(key, new ScanSlot(subject, nanoTime.getAsLong()));
      }
    }
    slots.keySet().retainAll(keys);
    meters.subjects(slots.size());
  }

  /** A fault is noted when it is new, and not again while it stands. */
  private long note(List<ScanSubjects.Fault> found) {
    Map<StoredScans.Key, String> now = new HashMap<>();
    found.forEach(fault -> now.put(fault.key(), fault.sentence()));
    long fresh = 0;
    for (ScanSubjects.Fault fault : found) {
      if (!fault.sentence().equals(faults.get(fault.key()))) {
        look.failed(fault.key(), fault.sentence());
        fresh++;
      }
    }
    faults.clear();
    faults.putAll(now);
    return fresh;
  }

  private Map<Series, List<ScanSlot>> due(SignalMonitor.Terms terms) {
    Map<Series, List<ScanSlot>> due = new HashMap<>();
    long now = nanoTime.getAsLong();
    for (ScanSlot slot : slots.values()) {
      Series series = Series.of(slot.subject());
      if (slot.isDue(times.now(series.place()), terms.interval(), now)) {
        due.computeIfAbsent(series, _ -> new ArrayList<>()).add(slot);
      }
    }
    return due;
  }

  private void lookAt(Map<Series, List<ScanSlot>> due, AtomicLong errors) {
    List<Future<?>> running = new ArrayList<>();
    due.forEach(
        (series, of) ->
            running.add(
                threads.submit(
                    () -> {
                      room.acquireUninterruptibly();
                      try {
                        errors.addAndGet(look.at(series, of));
                      } finally {
                        room.release();
                      }
                    })));
    for (Future<?> each : running) {
      try {
        var _ = each.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "a look ended otherwise than by its own error", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
