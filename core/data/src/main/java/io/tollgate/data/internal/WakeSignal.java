package io.tollgate.data.internal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says "something happened" to whoever waits; what happened while nobody waited is not lost. */
public final class WakeSignal {
  private static final long MILLISECOND = 1_000_000;

  private final CountDownLatch over = new CountDownLatch(1);
  private long raised;
  private boolean closed;

  /** Wakes all who wait. */
  public synchronized void raise() {
    raised++;
    notifyAll();
  }

  /** Wakes all who wait, for good. */
  synchronized void close() {
    closed = true;
    over.countDown();
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** How often it was raised; what to wait beyond. */
  synchronized long count() {
    return raised;
  }

  /** Waits for all of the time, unless closed meanwhile; what is raised wakes nobody here. */
  void rest(Duration time) {
    try {
      boolean _ = over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  /** Waits until raised more often than {@code seen}, closed, or the time is over. */
  synchronized void await(long seen, Duration max) {
    long deadline = System.nanoTime() + max.toNanos();
    try {
      while (!closed && raised == seen) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, MILLISECOND));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }
}
