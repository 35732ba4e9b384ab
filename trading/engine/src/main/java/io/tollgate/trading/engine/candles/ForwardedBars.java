package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

/** The bars of another feed, for those who do something as they pass. For one thread. */
public abstract class ForwardedBars implements BarFeed {
  private final BarFeed bars;

  protected ForwardedBars(BarFeed bars) {
    this.bars = requireNonNull(bars, "bars is null");
  }

  @Override
  public boolean next() {
    return bars.next();
  }

  @Override
  public final long openTime() {
    return bars.openTime();
  }

  @Override
  public final double open() {
    return bars.open();
  }

  @Override
  public final double high() {
    return bars.high();
  }

  @Override
  public final double low() {
    return bars.low();
  }

  @Override
  public final double close() {
    return bars.close();
  }

  @Override
  public final double volume() {
    return bars.volume();
  }
}
