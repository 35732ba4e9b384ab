package io.tollgate.trading.exchange;

import io.tollgate.contracts.Timeframe;
import java.time.Instant;
import java.util.List;

/**
 * What anybody may know of one kind of market of an exchange. Blocking calls with a deadline of
 * their own, for virtual threads; safe for use by many.
 */
public interface MarketData {
  /** The exchange's clock. */
  Outcome<Instant> time();

  /** What is traded there against USDT, in no order. */
  Outcome<List<Instrument>> instruments();

  /** One of them; {@code Rejected(SYMBOL_NOT_FOUND)} when there is none. Kept for an hour. */
  Outcome<Instrument> instrument(Symbol symbol);

  /**
   * Bars, oldest first.
   *
   * @param from the first that is wanted begins then or later
   * @param limit 1 to 300
   */
  Outcome<List<Candle>> candles(Symbol symbol, Timeframe timeframe, Instant from, int limit);

  Outcome<Ticker> ticker(Symbol symbol);

  /** {@code Rejected(REJECTED)} for spot. */
  Outcome<Funding> funding(Symbol symbol);
}
