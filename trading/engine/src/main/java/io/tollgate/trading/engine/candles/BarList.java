package io.tollgate.trading.engine.candles;

import io.tollgate.trading.strategies.Bar;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A feed of bars that are in memory. */
public final class BarList implements BarFeed {
  private final Iterator<Bar> rest;
  private @Nullable Bar bar;

  public BarList(List<Bar> bars) {
    this.rest = List.copyOf(bars).iterator();
  }

  @Override
  public boolean next() {
    if (!rest.hasNext()) {
      return false;
    }
    bar = rest.next();
    return true;
  }

  private Bar here() {
    if (bar == null) {
      throw new NoSuchElementException("next() has not been called");
    }
    return bar;
  }

  @Override
  public long openTime() {
    return here().openTime();
  }

  @Override
  public double open() {
    return here().open();
  }

  @Override
  public double high() {
    return here().high();
  }

  @Override
  public double low() {
    return here().low();
  }

  @Override
  public double close() {
    return here().close();
  }

  @Override
  public double volume() {
    return here().volume();
  }
}
