package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.exchange.Funding;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.KeptInstruments;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Binance's public calls. */
final class BinanceMarketData implements MarketData {
  private final BinanceCalls calls;
  private final KeptInstruments instruments;

  BinanceMarketData(BinanceCalls calls, InstantSource clock) {
    this.calls = calls;
    this.instruments = new KeptInstruments(clock, this::askInstruments);
  }

  @Override
  public Outcome<Instant> time() {
    return calls.time();
  }

  @Override
  public Outcome<List<Instrument>> instruments() {
    return instruments.refresh();
  }

  @Override
  public Outcome<Instrument> instrument(Symbol symbol) {
    return instruments.of(symbol);
  }

  private Outcome<List<Instrument>> askInstruments() {
    MarketType market = calls.site().market();
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("exchangeInfo"), new Query(), 20),
        fields ->
            fields.in("symbols").items().stream()
                .filter(row -> BinanceRules.isListed(row, market))
                .map(row -> BinanceRules.instrument(row, market))
                .toList());
  }

  @Override
  public Outcome<List<Candle>> candles(
      Symbol symbol, Timeframe timeframe, Instant from, int limit) {
    Query query =
        new Query()
            .with("symbol", symbol.joinedBy(""))
            .with("interval", timeframe.code())
            .with("startTime", from.toEpochMilli())
            .with("limit", limit);
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("klines"), query, 2),
        fields -> {
          Instant now = calls.clock().now();
          return fields.items().stream().map(row -> candle(row, timeframe, now)).toList();
        });
  }

  private static Candle candle(Fields row, Timeframe timeframe, Instant now) {
    Instant opened = row.at(0).millis();
    return new Candle(
        opened,
        row.at(1).number(),
        row.at(2).number(),
        row.at(3).number(),
        row.at(4).number(),
        row.at(5).number(),
        !opened.plus(timeframe.length()).isAfter(now));
  }

  @Override
  public Outcome<Ticker> ticker(Symbol symbol) {
    String name = symbol.joinedBy("");
    return calls
        .ask(calls.site().path("ticker/24hr"), new Query().with("symbol", name), 2)
        .then(
            day ->
                ExchangeCaller.reading(
                    calls.ask(
                        calls.site().path("ticker/bookTicker"),
                        new Query().with("symbol", name),
                        2),
                    book ->
                        new Ticker(
                            symbol,
                            day.number("lastPrice"),
                            book.number("bidPrice"),
                            book.number("askPrice"),
                            day.number("volume"),
                            day.millis("closeTime"))));
  }

  @Override
  public Outcome<Funding> funding(Symbol symbol) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Rejected<>(Rejection.REJECTED, "spot has no funding");
    }
    return ExchangeCaller.reading(
        calls.ask(
            calls.site().path("premiumIndex"), new Query().with("symbol", symbol.joinedBy("")), 1),
        fields ->
            new Funding(
                symbol, fields.number("lastFundingRate"), fields.millis("nextFundingTime")));
  }
}
