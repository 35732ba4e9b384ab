package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Interval;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.Locale;
import java.util.Optional;

/**
 * A stream of one symbol.
 *
 * @param levels of a book, else 0
 */
record StreamName(String text, Instrument instrument, Kind kind, Interval interval, int levels) {
  /** What a stream tells. */
  enum Kind {
    KLINE,
    BEST,
    TAPE,
    DAY,
    SHORT_DAY,
    BOOK,
    MARK
  }

  /** Reads {@code btcusdt@kline_1m} and its like; empty where there is no such stream. */
  static Optional<StreamName> of(Instruments instruments, Market market, String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    String symbol = text.substring(0, at);
    if (!symbol.equals(symbol.toLowerCase(Locale.ROOT))) {
      return Optional.empty();
    }
    return instruments
        .find(market, symbol.toUpperCase(Locale.ROOT))
        .flatMap(instrument -> of(instrument, text, text.substring(at + 1)));
  }

  private static Optional<StreamName> of(Instrument instrument, String text, String what) {
    if (what.startsWith("kline_")) {
      return Interval.of(what.substring("kline_".length()))
          .map(interval -> new StreamName(text, instrument, Kind.KLINE, interval, 0));
    }
    boolean futures = instrument.market() == Market.FUTURES;
    return switch (what) {
      case "bookTicker" -> some(text, instrument, Kind.BEST, 0);
      case "aggTrade", "trade" -> some(text, instrument, Kind.TAPE, 0);
      case "ticker" -> some(text, instrument, Kind.DAY, 0);
      case "miniTicker" -> some(text, instrument, Kind.SHORT_DAY, 0);
      case "markPrice", "markPrice@1s" ->
          futures ? some(text, instrument, Kind.MARK, 0) : Optional.empty();
      case "depth5", "depth5@100ms", "depth5@500ms" -> some(text, instrument, Kind.BOOK, 5);
      case "depth10", "depth10@100ms", "depth10@500ms" -> some(text, instrument, Kind.BOOK, 10);
      case "depth20", "depth20@100ms", "depth20@500ms" -> some(text, instrument, Kind.BOOK, 20);
      default -> Optional.empty();
    };
  }

  private static Optional<StreamName> some(
      String text, Instrument instrument, Kind kind, int levels) {
    return Optional.of(new StreamName(text, instrument, kind, Interval.M1, levels));
  }
}
