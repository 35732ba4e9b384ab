package io.tollgate.trading.engine.internal.monitor;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.scan.ClosedBars;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Closed bars as the exchange tells them when it is asked. */
public final class BarHistory {
  /** As many as every exchange gives at once. */
  private static final int PAGE = 300;

  private static final int PAGES_MOST = 20;

  private BarHistory() {}

  /**
   * All from a moment on, oldest first.
   *
   * @param passed a moment that the market has passed, as it told before
   * @return what the exchange answered where it did not answer with bars
   */
  public static Outcome<List<Bar>> since(
      MarketData market, Symbol symbol, Timeframe timeframe, Instant from, Instant passed) {
    List<Bar> all = new ArrayList<>();
    Instant next = from;
    for (int page = 0; page < PAGES_MOST; page++) {
      Outcome<List<Candle>> answer = market.candles(symbol, timeframe, next, PAGE);
      if (!(answer instanceof Accepted<List<Candle>>(List<Candle> candles))) {
        return answer.map(_ -> List.of());
      }
      List<Bar> closed = ClosedBars.of(candles, timeframe, passed);
      all.addAll(closed);
      if (candles.size() < PAGE || closed.isEmpty()) {
        break;
      }
      next = Instant.ofEpochMilli(closed.getLast().openTime() + timeframe.lengthMs());
    }
    return new Accepted<>(all);
  }
}
