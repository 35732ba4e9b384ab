package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.candles.BarBatch;
import io.tollgate.trading.engine.candles.BarFeed;

/** Bars that are counted as they are read, and end early when that is asked for. */
public final class WatchedBars implements BarFeed {
  /** Bars between two looks at what other threads want. */
  private static final int EVERY = 4_096;

  private final BarFeed bars;
  private final RunControl control;
  private int uncounted;

  public WatchedBars(BarFeed bars, RunControl control) {
    this.bars = bars;
    this.control = control;
  }

  @Override
  public boolean next() {
    if (uncounted == 0) {
      control.check();
    }
    boolean there = bars.next();
    if (there) {
      uncounted++;
    }
    if (!there || uncounted == EVERY) {
      control.add(uncounted);
      uncounted = 0;
    }
    return there;
  }

  @Override
  public int read(BarBatch batch) {
    control.check();
    int count = bars.read(batch);
    control.add(count);
    return count;
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
