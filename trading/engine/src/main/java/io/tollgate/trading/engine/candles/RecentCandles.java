package io.tollgate.trading.engine.candles;

import io.tollgate.trading.engine.candles.internal.MarketCandles;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.strategies.Bar;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The last candles of an exchange that have closed, asked for now. */
public final class RecentCandles {
  /** Candles that may be asked for at once. */
  public static final int MOST = 10_000;

  private RecentCandles() {}

  /**
   * Asks for them, page by page.
   *
   * @param limit as many, or fewer where the exchange has no more; 1 to {@link #MOST}
   * @throws io.tollgate.ground.Refusal {@code VALIDATION_ERROR} when the exchange has no such
   *     symbol; {@code UNAVAILABLE} or {@code UPSTREAM_FAILED} when it cannot be asked now
   */
  public static CandleSeries of(
      MarketData market, SeriesName name, int limit, InstantSource clock) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to " + MOST + ")");
    }
    MarketCandles candles = new MarketCandles(market, name);
    long lengthMs = name.timeframe().lengthMs();
    long end = name.timeframe().openTimeOf(clock.instant().toEpochMilli());
    List<Bar> bars = new ArrayList<>();
    for (long from = end - limit * lengthMs; from < end; from += MarketCandles.PAGE * lengthMs) {
      long to = Math.min(end, from + MarketCandles.PAGE * lengthMs);
      Outcome<List<Bar>> page = candles.page(from, to, (int) ((to - from) / lengthMs));
      if (page instanceof Outcome.Accepted<List<Bar>>(List<Bar> some)) {
        bars.addAll(some);
      } else {
        throw candles.refusal(page);
      }
    }
    return CandleSeries.read(new BarList(bars), limit);
  }
}
