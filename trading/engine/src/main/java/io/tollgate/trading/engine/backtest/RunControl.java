package io.tollgate.trading.engine.backtest;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.internal.WatchedBars;
import io.tollgate.trading.engine.candles.BarFeed;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far runs have come, as other threads see it, and their way to end them. One may watch several
 * runs, one after another or at once: their bars add up. Safe for use by many threads.
 */
public final class RunControl {
  private final AtomicLong bars = new AtomicLong();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /**
   * The same bars, counted; reading on throws a {@link CancellationException} soon after {@link
   * #cancel}.
   */
  public BarFeed watch(BarFeed feed) {
    return new WatchedBars(requireNonNull(feed, "feed is null"), this);
  }

  /** Bars that were read, to within some thousands for each run. */
  public long bars() {
    return bars.get();
  }

  /** Counts bars that were read. */
  public void add(long more) {
    bars.addAndGet(more);
  }

  /** Ends the runs; they do not wait for it. */
  public void cancel() {
    cancelled.set(true);
  }

  public boolean cancelled() {
    return cancelled.get();
  }

  /**
   * @throws CancellationException after {@link #cancel}
   */
  public void check() {
    if (cancelled()) {
      throw new CancellationException("the run was cancelled");
    }
  }
}
