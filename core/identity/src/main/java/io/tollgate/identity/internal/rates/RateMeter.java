package io.tollgate.identity.internal.rates;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one key uses of one of its limits in this process, and knows how much of it this
 * process may use. Safe for use by many threads; its lock is held for some nanoseconds, and by
 * requests of one key only.
 */
final class RateMeter {
  /** More may have been handed out by then. */
  private static final long SHARE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RateId id;
  private final LongSupplier nanoTime;
  private final @Nullable SlidingWindow window;
  private long running;
  private long limit;
  private long share;
  private long takenLately;
  private long refusedLately;
  private boolean wishTold;
  private boolean dropped;

  RateMeter(RateId id, LongSupplier nanoTime) {
    this.id = id;
    this.nanoTime = nanoTime;
    this.window =
        switch (id.kind()) {
          case REQUESTS -> new SlidingWindow(true);
          case TOKENS -> new SlidingWindow(false);
          case RUNNING -> null;
        };
  }

  RateId id() {
    return id;
  }

  /**
   * Whether something was taken.
   *
   * @param at when, by the monotonic clock
   * @param remaining how much more would pass now
   * @param retryAfter where it was not: after which it may pass
   * @param reset after which, if nothing else is taken, the whole limit is free again
   */
  record Taking(boolean passed, long at, long remaining, Duration retryAfter, Duration reset) {}

  /** Takes so much if it may; nothing where the meter was dropped: there is another by now. */
  synchronized @Nullable Taking tryTake(long newLimit, long amount, Allowance allowance) {
    if (dropped) {
      return null;
    }
    // read inside: time must not go back within a window
    long now = nanoTime.getAsLong();
    limit = newLimit;
    long allowed = allowance.of(limit, share);
    boolean passes =
        window == null ? amount <= allowed - running : passes(window, allowed, amount, now);
    if (!passes) {
      refusedLately = Math.min(limit, refusedLately + Math.min(limit, amount));
      return new Taking(false, now, 0, retryAfter(allowed, amount, now), reset(now));
    }
    if (window == null) {
      running += amount;
    }
    takenLately += amount;
    return new Taking(true, now, Math.max(0, allowed - used(now)), Duration.ZERO, reset(now));
  }

  private static boolean passes(SlidingWindow window, long allowed, long amount, long now) {
    return window.tryTake(allowed, amount, now);
  }

  private Duration retryAfter(long allowed, long amount, long now) {
    long nanos = window == null ? SHARE_NANOS : window.nanosUntilFits(allowed, amount, now);
    boolean mayGrow = allowed < limit && amount <= limit;
    return Duration.ofNanos(mayGrow ? Math.min(nanos, SHARE_NANOS) : nanos);
  }

  private Duration reset(long now) {
    return window == null ? Duration.ZERO : Duration.ofNanos(window.nanosUntilEmpty(now));
  }

  /** A request that ran is over. */
  synchronized void end() {
    running--;
    if (running < 0) {
      throw new IllegalStateException("running requests: " + running + " (expected: >= 0)");
    }
  }

  /** What was taken turned out to be another amount. */
  synchronized void correct(long at, long taken, long used) {
    if (window != null && used != taken) {
      window.correct(at, taken, used, nanoTime.getAsLong());
    }
  }

  private long used(long now) {
    return window == null ? running : window.total(now);
  }

  /**
   * What is to be told of it, and starts to look anew.
   *
   * @param slice what may be used without a share
   * @return nothing where there is nothing to share: it is used within a part of the slice
   */
  synchronized @Nullable RateReport report(long slice) {
    long now = nanoTime.getAsLong();
    long used = used(now);
    long taken = takenLately;
    long refused = refusedLately;
    takenLately = 0;
    // who was refused comes again: what they wanted fades in some turns
    refusedLately = refused - (refused + 7) / 8;
    boolean needsNone = share == 0 && refused == 0 && used <= slice / 2;
    if (needsNone && !wishTold) {
      return null;
    }
    if (share > 0 && used > share) {
      // of tokens, more than was estimated
      share = used;
    }
    boolean idle = used == 0 && taken == 0 && refused == 0;
    if (idle) {
      share = 0;
    }
    wishTold = !idle && !needsNone;
    long wanted = wishTold ? Math.min(limit, used + refused + Math.max(slice, 2 * taken)) : 0;
    return new RateReport(id, limit, share, wanted);
  }

  synchronized long limit() {
    return limit;
  }

  /** What is in use, for who leaves. */
  synchronized RateReport last() {
    long used = used(nanoTime.getAsLong());
    return new RateReport(id, limit, used, used);
  }

  /** Of what is in use this process has all: nobody else has any of it. */
  synchronized void claim() {
    if (used(nanoTime.getAsLong()) > 0) {
      share = limit;
    }
  }

  /** From now on this process may use so much. */
  synchronized void handedOut(long newShare) {
    share = newShare;
  }

  /** From now on no more than so much, or what is in use. */
  synchronized void lower(long target) {
    share = Math.max(target, Math.min(share, used(nanoTime.getAsLong())));
  }

  /** Ends it where nothing is counted and nothing was handed out. */
  synchronized boolean dropIfIdle() {
    dropped = share == 0 && used(nanoTime.getAsLong()) == 0;
    return dropped;
  }
}
