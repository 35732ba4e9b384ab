package io.tollgate.relay.gateway.internal.loop;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the requests of the whole process that are not over. Safe for use by many threads. */
public final class RunningRequests {
  private final AtomicInteger count = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();

  public int count() {
    return count.get();
  }

  void begin() {
    count.incrementAndGet();
  }

  void end() {
    if (count.decrementAndGet() == 0) {
      lock.lock();
      try {
        none.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits until there is none; blocking. */
  public boolean awaitNone(Duration max) throws InterruptedException {
    long left = max.toNanos();
    lock.lock();
    try {
      while (count.get() > 0) {
        if (left <= 0) {
          return false;
        }
        // woken now and then, as the count is not guarded by the lock
        long slice = Math.min(left, TimeUnit.MILLISECONDS.toNanos(100));
        left -= slice - Math.max(0, none.awaitNanos(slice));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
