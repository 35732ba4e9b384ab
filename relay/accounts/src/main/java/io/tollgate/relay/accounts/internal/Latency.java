package io.tollgate.relay.accounts.internal;

import java.util.concurrent.TimeUnit;

/**
 * How soon an account has begun to answer of late. Threads may lose each other's samples, which
 * does no harm.
 */
final class Latency {
  private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final double SHARE_OF_LATEST = 0.2;
  // times that differ by less than a quarter are taken for equal
  private static final double STEPS_PER_E = 1 / Math.log(1.25);

  private volatile double averageNanos;
  private volatile long latest;
  private volatile boolean known;

  void add(long nanos, long now) {
    double before = known && now - latest < FORGOTTEN_NANOS ? averageNanos : nanos;
    averageNanos = before + (nanos - before) * SHARE_OF_LATEST;
    latest = now;
    known = true;
  }

  /** Lower is quicker; what has not been tried lately goes first, to be known again. */
  long rank(long now) {
    return known && now - latest < FORGOTTEN_NANOS
        ? 1 + Math.round(Math.log(1 + averageNanos) * STEPS_PER_E)
        : 0;
  }
}
