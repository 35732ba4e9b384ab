package io.tollgate.sandbox.internal.trading.market;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Candles of an interval, oldest first. Thread-safe. */
public final class Candles {
  private final Prices prices;

  public Candles(Prices prices) {
    this.prices = prices;
  }

  /**
   * Those that begin in [from, to]: the first of them where {@code from} is given, else the last.
   *
   * @param now market time; the candle that it lies in is not over
   */
  public List<Candle> list(
      Instrument instrument,
      Interval interval,
      OptionalLong from,
      OptionalLong to,
      int limit,
      long now) {
    long last = interval.start(Math.max(0, Math.min(to.orElse(now), now)));
    long first =
        from.isPresent()
            ? ceiling(interval, from.getAsLong(), now)
            : interval.back(last, limit - 1);
    List<Candle> candles = new ArrayList<>();
    long start = Math.max(first, ceiling(interval, Instruments.LISTED_SINCE, now));
    while (start <= last && candles.size() < limit) {
      candles.add(at(instrument, interval, start, now));
      start = interval.next(start);
    }
    return candles;
  }

  /** The candle that begins at {@code start}, as it is now. */
  public Candle at(Instrument instrument, Interval interval, long start, long now) {
    long end = interval.next(start);
    return prices.candle(instrument, start, Math.min(end, now), end);
  }

  private static long ceiling(Interval interval, long from, long now) {
    long bounded = Math.max(0, Math.min(from, now + 1));
    long start = interval.start(bounded);
    return start == bounded ? start : interval.next(start);
  }
}
