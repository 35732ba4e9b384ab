package io.tollgate.trading.engine.candles;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import java.util.ArrayList;
import java.util.List;

/** Bars of a minute for tests of what is stored, and what comes back. */
final class StoredBars {
  static final long MINUTE = 60_000;

  /** Begins no block. */
  static final long START = 1_767_225_600_000L;

  static final SeriesName MINUTES =
      new SeriesName(
          Exchange.BINANCE, MarketType.FUTURE, Symbol.of("BTC/USDT"), Timeframe.ONE_MINUTE);

  private StoredBars() {}

  /** The bar of a minute after the start, the same each time. */
  static Bar bar(int minute) {
    double open = 100 + minute % 97 * 0.1;
    double close = 100 + (minute + 1) % 97 * 0.1;
    return new Bar(
        START + minute * MINUTE,
        open,
        Math.max(open, close) + 0.3,
        Math.min(open, close) - 0.3,
        close,
        1 + minute % 7);
  }

  static List<Bar> bars(int from, int to) {
    List<Bar> bars = new ArrayList<>();
    for (int minute = from; minute < to; minute++) {
      bars.add(bar(minute));
    }
    return bars;
  }

  static CandleSpan span(int from, int to) {
    return new CandleSpan(START + from * MINUTE, START + to * MINUTE);
  }

  static List<Bar> read(BarFeed feed) {
    List<Bar> bars = new ArrayList<>();
    while (feed.next()) {
      bars.add(
          new Bar(
              feed.openTime(), feed.open(), feed.high(), feed.low(), feed.close(), feed.volume()));
    }
    return bars;
  }
}
