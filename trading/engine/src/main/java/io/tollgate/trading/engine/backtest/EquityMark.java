package io.tollgate.trading.engine.backtest;

/**
 * Where equity stood at the close of a bar. Measures, not amounts to be booked.
 *
 * @param time when the bar closed, in milliseconds since 1970
 * @param equity balance and open profit
 * @param balance without open profit
 * @param peak highest equity until then, at any close, the initial balance included
 */
public record EquityMark(long time, double equity, double balance, double peak) {
  private static final double PERCENT = 100;

  /** How far equity is under its peak, in percent of the peak, 0 or more. */
  public double drawdownPct() {
    return peak <= 0 ? 0 : Math.max(0, (peak - equity) / peak * PERCENT);
  }

  /** The same after a course whose peak was this. */
  public EquityMark after(double peakBefore) {
    return peakBefore > peak ? new EquityMark(time, equity, balance, peakBefore) : this;
  }
}
