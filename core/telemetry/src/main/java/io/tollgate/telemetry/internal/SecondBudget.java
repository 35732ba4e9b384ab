package io.tollgate.telemetry.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** So many in each second, about. Safe for use by many threads. */
public final class SecondBudget {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int COUNT_BITS = 24;

  private final int max;
  // the second, and how many were taken in it
  private final AtomicLong state = new AtomicLong();

  /**
   * @param max below 2^24
   */
  public SecondBudget(int max) {
    this.max = max;
  }

  /**
   * Whether there is one more.
   *
   * @param nanos of {@link System#nanoTime}
   */
  public boolean tryTake(long nanos) {
    long second = Math.floorDiv(nanos, SECOND) << COUNT_BITS;
    while (true) {
      long before = state.get();
      boolean same = (before >> COUNT_BITS) << COUNT_BITS == second;
      long taken = same ? before - second : 0;
      if (taken >= max) {
        return false;
      }
      if (state.compareAndSet(before, second + taken + 1)) {
        return true;
      }
    }
  }
}
