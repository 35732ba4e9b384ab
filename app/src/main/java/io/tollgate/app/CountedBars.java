package io.tollgate.app;

import io.tollgate.trading.engine.candles.BarFeed;

/** Candles that are counted as they are read. */
final class CountedBars implements BarFeed {
  private static final int EVERY = 1_024;

  private final BarFeed bars;
  private final ProgressBar bar;
  private int uncounted;

  CountedBars(BarFeed bars, ProgressBar bar) {
    this.bars = bars;
    this.bar = bar;
  }

  @Override
  public boolean next() {
    boolean there = bars.next();
    if (there) {
      uncounted++;
    }
    if (!there || uncounted == EVERY) {
      bar.add(uncounted);
      uncounted = 0;
    }
    return there;
  }

  @Override
  public long openTime() {
    return bars.openTime();
  }

  @Override
  public double open() {
    return bars.open();
  }

  @Override
  public double high() {
    return bars.high();
  }

  @Override
  public double low() {
    return bars.low();
  }

  @Override
  public double close() {
    return bars.close();
  }

  @Override
  public double volume() {
    return bars.volume();
  }
}
