package io.tollgate.insight.internal;

import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.StoreException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * All that puts requests into a store, one at a time: who looks for what is there, and then keeps
 * what is not, has nobody in between. Safe for use by many threads.
 */
final class LogAppending {
  private final ReentrantLock lock = new ReentrantLock();

  /** Keeps a batch of the spool. */
  void append(LogStore store, SpoolReader.Batch batch) throws StoreException {
    lock.lock();
    try {
      store.append(batch);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps those that the store does not have yet; how many. */
  int appendNew(LogStore store, List<LoggedRow> rows) throws StoreException {
    Map<UUID, SpoolEntry> fresh = new LinkedHashMap<>();
    Instant earliest = Instant.MAX;
    Instant latest = Instant.MIN;
    for (LoggedRow row : rows) {
      Instant at = row.request().arrivedAt();
      earliest = at.isBefore(earliest) ? at : earliest;
      latest = at.isAfter(latest) ? at : latest;
      var _ = fresh.putIfAbsent(row.request().id().value(), SpoolEntry.of(row));
    }
    lock.lock();
    try {
      for (LoggedRow known :
          store.find(fresh.keySet(), earliest.minus(LogStore.APART), latest.plus(LogStore.APART))) {
        var _ = fresh.remove(known.request().id().value());
      }
      if (!fresh.isEmpty()) {
        store.append(
            new SpoolReader.Batch(List.copyOf(fresh.values()), Map.of(), List.of(), false));
      }
      return fresh.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets requests right; how many.
   *
   * @param right of those that there are, what is to stand in their place or beside them
   */
  int replace(
      LogStore store,
      Collection<UUID> requests,
      Instant earliest,
      Instant latest,
      Function<List<LoggedRow>, List<LoggedRow>> right)
      throws StoreException {
    lock.lock();
    try {
      List<LoggedRow> rows =
          right.apply(
              store.find(requests, earliest.minus(LogStore.APART), latest.plus(LogStore.APART)));
      if (!rows.isEmpty()) {
        store.replace(rows);
      }
      return rows.size();
    } finally {
      lock.unlock();
    }
  }
}
