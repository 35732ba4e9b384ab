package io.tollgate.app;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.ForwardedBars;

/** Candles that are counted as they are read. */
final class CountedBars extends ForwardedBars {
  private static final int EVERY = 1_024;

  private final ProgressBar bar;
  private int uncounted;

  CountedBars(BarFeed bars, ProgressBar bar) {
    super(bars);
    this.bar = bar;
  }

  @Override
  public boolean next() {
    boolean there = super.next();
    if (there) {
      uncounted++;
    }
    if (!there || uncounted == EVERY) {
      bar.add(uncounted);
      uncounted = 0;
    }
    return there;
  }
}
