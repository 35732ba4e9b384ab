package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Average directional index: how strong a trend is, 0 to 100, whichever way it goes. Wilder's means
 * of directional movements and true range; 0 where nothing moves. First with bar 2n. (J. Welles
 * Wilder, New Concepts in Technical Trading Systems, 1978.)
 */
public final class Adx {
  private final Rma rises;
  private final Rma falls;
  private final Rma ranges;
  private final Rma index;
  private double highBefore = Double.NaN;
  private double lowBefore = Double.NaN;
  private double closeBefore = Double.NaN;

  public Adx(int period) {
    this.rises = new Rma(period);
    this.falls = new Rma(period);
    this.ranges = new Rma(period);
    this.index = new Rma(period);
  }

  public double add(double high, double low, double close) {
    if (!Double.isNaN(closeBefore)) {
      double up = high - highBefore;
      double down = lowBefore - low;
      rises.add(up > down && up > 0 ? up : 0);
      falls.add(down > up && down > 0 ? down : 0);
      ranges.add(Atr.trueRange(high, low, closeBefore));
      if (!Double.isNaN(ranges.value())) {
        index.add(directional());
      }
    }
    highBefore = high;
    lowBefore = low;
    closeBefore = close;
    return index.value();
  }

  private double directional() {
    double plus = plus();
    double minus = minus();
    return plus + minus == 0 ? 0 : 100 * Math.abs(plus - minus) / (plus + minus);
  }

  /** +DI, 0 to 100. */
  public double plus() {
    return share(rises.value());
  }

  /** −DI, 0 to 100. */
  public double minus() {
    return share(falls.value());
  }

  private double share(double movement) {
    return ranges.value() == 0 ? 0 : 100 * movement / ranges.value();
  }

  public double value() {
    return index.value();
  }

  public void state(StateCopy copy) {
    rises.state(copy);
    falls.state(copy);
    ranges.state(copy);
    index.state(copy);
    highBefore = copy.number(highBefore);
    lowBefore = copy.number(lowBefore);
    closeBefore = copy.number(closeBefore);
  }
}
