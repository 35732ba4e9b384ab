package io.tollgate.trading.strategies;

/**
 * A closed bar. Where millions of them are folded, their parts are passed by themselves.
 *
 * @param openTime when it opened, in milliseconds since 1970
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume what was traded, in the base coin
 */
public record Bar(
    long openTime, double open, double high, double low, double close, double volume) {
  /** Prices are from this on, to {@link #PRICE_MAX}. */
  public static final double PRICE_MIN = 1e-15;

  public static final double PRICE_MAX = 1e15;

  /** The most that a volume is; it may be 0. */
  public static final double VOLUME_MAX = 1e30;

  /** Whether prices and volume are numbers within their bounds and go together. */
  public boolean sound() {
    return sound(open, high, low, close, volume);
  }

  /** The same, of a bar's parts; false for what is not a number. */
  public static boolean sound(double open, double high, double low, double close, double volume) {
    return low >= PRICE_MIN
        && high <= PRICE_MAX
        && open >= low
        && open <= high
        && close >= low
        && close <= high
        && volume >= 0
        && volume <= VOLUME_MAX;
  }
}
