package io.tollgate.trading.strategies.naive;

import io.tollgate.trading.strategies.Bar;
import java.util.List;

/** Bars by columns. */
public record Series(
    long[] time, double[] open, double[] high, double[] low, double[] close, double[] volume) {
  public static Series of(List<Bar> bars) {
    return new Series(
        bars.stream().mapToLong(Bar::openTime).toArray(),
        bars.stream().mapToDouble(Bar::open).toArray(),
        bars.stream().mapToDouble(Bar::high).toArray(),
        bars.stream().mapToDouble(Bar::low).toArray(),
        bars.stream().mapToDouble(Bar::close).toArray(),
        bars.stream().mapToDouble(Bar::volume).toArray());
  }

  public int length() {
    return time.length;
  }
}
