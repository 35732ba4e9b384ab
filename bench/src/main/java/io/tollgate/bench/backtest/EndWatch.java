package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;

/** Bars at whose end something is done before it is told. */
final class EndWatch implements BarFeed {
  private final BarFeed bars;
  private final Runnable atEnd;

  EndWatch(BarFeed bars, Runnable atEnd) {
    this.bars = bars;
    this.atEnd = atEnd;
  }

  @Override
  public boolean next() {
    boolean there = bars.next();
    if (!there) {
      atEnd.run();
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
