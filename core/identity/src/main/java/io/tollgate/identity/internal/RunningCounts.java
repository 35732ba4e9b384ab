package io.tollgate.identity.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts the running requests of each of many callers, and holds them to a limit. A caller's count
 * is kept while they come and go, so that a request allocates nothing here; counts of those without
 * a request are dropped together when there are many. Takes no lock but for a caller who is new.
 *
 * @param <C> names a caller
 */
public final class RunningCounts<C> {
  /** The count was dropped: nobody may count with it any more. */
  private static final int DROPPED = -1;

  private static final int ALWAYS_KEPT = 4_096;

  private final ConcurrentHashMap<C, AtomicInteger> counts = new ConcurrentHashMap<>();
  private volatile int dropAbove = ALWAYS_KEPT;

  /** The caller's count with one more in it, to be given to {@link #end}; null at the limit. */
  public @Nullable AtomicInteger tryBegin(C caller, int limit) {
    while (true) {
      AtomicInteger count = counts.get(caller);
      if (count == null) {
        count = add(caller);
      }
      int running = count.get();
      if (running == DROPPED) {
        counts.remove(caller, count);
      } else if (running >= limit) {
        return null;
      } else if (count.compareAndSet(running, running + 1)) {
        return count;
      }
    }
  }

  public static void end(AtomicInteger count) {
    int left = count.decrementAndGet();
    if (left < 0) {
      throw new IllegalStateException("running requests: " + left + " (expected: >= 0)");
    }
  }

  /** How many callers are counted, those without a running request among them. */
  public int callers() {
    return counts.size();
  }

  private AtomicInteger add(C caller) {
    if (counts.mappingCount() >= dropAbove) {
      dropIdle();
    }
    return counts.computeIfAbsent(caller, unused -> new AtomicInteger());
  }

  private void dropIdle() {
    counts.forEach(
        (caller, count) -> {
          if (count.compareAndSet(0, DROPPED)) {
            counts.remove(caller, count);
          }
        });
    // not again before as many have joined, or callers with many others running would sweep always
    dropAbove = Math.max(ALWAYS_KEPT, counts.size() * 2);
  }
}
