package io.tollgate.identity.internal.rates;

import static java.util.Objects.requireNonNull;

import io.tollgate.identity.LimitSharing;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes turns at sharing the limits of keys, on a thread of its own until it is closed: one after
 * the other at an interval, and a bit sooner where something was refused.
 */
public final class RateSharing implements LimitSharing {
  private static final Duration LAST_TURN = Duration.ofSeconds(5);

  private final SharedRates rates;
  private final long intervalNanos;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  private RateSharing(SharedRates rates, Duration interval) {
    this.rates = requireNonNull(rates, "rates is null");
    this.intervalNanos = interval.toNanos();
    this.thread = Thread.ofVirtual().name("rate-sharing").unstarted(this::run);
  }

  /** Takes the first turn before it returns, so that one who is alone knows it. */
  public static RateSharing start(SharedRates rates, KeyMeters keys, Duration interval) {
    rates.turn();
    RateSharing sharing = new RateSharing(rates, interval);
    keys.share(rates, sharing::shortOf);
    sharing.thread.start();
    return sharing;
  }

  private void shortOf() {
    if (!rates.alone() && wake.availablePermits() == 0) {
      wake.release();
    }
  }

  private void run() {
    try {
      while (!closed) {
        // a pause in any case, or who is refused again and again would cause turn after turn
        Thread.sleep(Duration.ofNanos(intervalNanos / 4));
        boolean _ = wake.tryAcquire(intervalNanos - intervalNanos / 4, TimeUnit.NANOSECONDS);
        int _ = wake.drainPermits();
        if (!closed) {
          rates.turn();
        }
      }
      rates.leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    wake.release();
    try {
      boolean _ = thread.join(LAST_TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
