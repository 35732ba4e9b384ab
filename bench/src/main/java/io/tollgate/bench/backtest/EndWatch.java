package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.ForwardedBars;

/** Bars at whose end something is done before it is told. */
final class EndWatch extends ForwardedBars {
  private final Runnable atEnd;

  EndWatch(BarFeed bars, Runnable atEnd) {
    super(bars);
    this.atEnd = atEnd;
  }

  @Override
  public boolean next() {
    boolean there = super.next();
    if (!there) {
      atEnd.run();
    }
    return there;
  }
}
