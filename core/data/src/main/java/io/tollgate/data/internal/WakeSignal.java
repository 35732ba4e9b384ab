package io.tollgate.data.internal;

import java.time.Duration;

/** Says "something happened" to whoever waits; what happened while nobody waited is not lost. */
public final class WakeSignal {
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
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** How often it was raised; what to wait beyond. */
  synchronized long count() {
    return raised;
  }

  /** Waits for all of the time, unless closed meanwhile. */
  synchronized void rest(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    while (!closed && System.nanoTime() < deadline) {
      await(raised, Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime())));
    }
  }

  /** Waits until raised more often than {@code seen}, closed, or the time is over. */
  synchronized void await(long seen, Duration max) {
    long deadline = System.nanoTime() + max.toNanos();
    try {
      while (!closed && raised == seen) {
        long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          return;
        }
        wait(leftMs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }
}
