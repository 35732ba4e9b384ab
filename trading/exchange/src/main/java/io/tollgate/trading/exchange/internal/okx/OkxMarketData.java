package io.tollgate.trading.exchange.internal.okx;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** OKX's public calls. */
final class OkxMarketData implements MarketData {
  private static final Pattern COIN = Pattern.compile("[A-Z0-9]{1,20}");

  private final OkxCalls calls;
  private final KeptInstruments instruments;

  OkxMarketData(OkxCalls calls, InstantSource clock) {
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

  Outcome<Instrument> named(String exchangeSymbol) {
    return instruments.named(exchangeSymbol);
  }

  private Outcome<List<Instrument>> askInstruments() {
    Query query = new Query().with("instType", calls.site().instrumentType());
    return ExchangeCaller.reading(
        calls.ask("/api/v5/public/instruments", query, 20),
        fields ->
            fields.in("data").items().stream().flatMap(row -> instrument(row).stream()).toList());
  }

  /** None for what is not traded here: other quotes, inverse contracts. */
  private Optional<Instrument> instrument(Fields row) {
    boolean spot = calls.site().market() == MarketType.SPOT;
    String[] pair =
        spot
            ? new String[] {row.text("baseCcy"), row.text("quoteCcy")}
            : row.text("uly").split("-", 2);
    boolean listed =
        pair.length == 2
            && pair[1].equals("USDT")
            && COIN.matcher(pair[0]).matches()
            && (spot || row.text("ctType").equals("linear"));
    if (!listed) {
      return Optional.empty();
    }
    BigDecimal size = spot ? BigDecimal.ONE : row.number("ctVal");
    BigDecimal step = row.number("lotSz").multiply(size);
    return Optional.of(
        new Instrument(
            new Symbol(pair[0], pair[1]),
            row.text("instId"),
            calls.site().market(),
            size,
            row.number("tickSz"),
            step,
            step,
            row.number("minSz").multiply(size),
            row.findNumber("maxLmtSz").map(size::multiply),
            row.findNumber("maxMktSz").map(size::multiply),
            BigDecimal.ZERO,
            row.text("state").equals("live")));
  }

  @Override
  public Outcome<List<Candle>> candles(
      Symbol symbol, Timeframe timeframe, Instant from, int limit) {
    // newest first, and "before" is what is newer than it: bounded on both sides, it is those
    Instant end = from.plus(timeframe.length().multipliedBy(limit));
    Query query =
        new Query()
            .with("instId", calls.site().name(symbol))
            .with("bar", bar(timeframe))
            .with("before", from.toEpochMilli() - 1)
            .with("after", end.toEpochMilli())
            .with("limit", limit);
    return ExchangeCaller.reading(
        calls.ask("/api/v5/market/candles", query, 40),
        fields -> fields.in("data").items().reversed().stream().map(this::candle).toList());
  }

  private Candle candle(Fields row) {
    // contracts count their volume in contracts first, and in the coin second
    int volume = calls.site().market() == MarketType.SPOT ? 5 : 6;
    return new Candle(
        row.at(0).millis(),
        row.at(1).number(),
        row.at(2).number(),
        row.at(3).number(),
        row.at(4).number(),
        row.at(volume).number(),
        row.at(8).text().equals("1"));
  }

  /** Bars of six hours and more begin in Hong Kong's time unless they are asked for in UTC. */
  private static String bar(Timeframe timeframe) {
    return switch (timeframe) {
      case ONE_MINUTE, THREE_MINUTES, FIVE_MINUTES, FIFTEEN_MINUTES, THIRTY_MINUTES ->
          timeframe.code();
      case ONE_HOUR -> "1H";
      case TWO_HOURS -> "2H";
      case FOUR_HOURS -> "4H";
      case SIX_HOURS -> "6Hutc";
      case TWELVE_HOURS -> "12Hutc";
      case ONE_DAY -> "1Dutc";
    };
  }

  @Override
  public Outcome<Ticker> ticker(Symbol symbol) {
    Query query = new Query().with("instId", calls.site().name(symbol));
    String volume = calls.site().market() == MarketType.SPOT ? "vol24h" : "volCcy24h";
    return ExchangeCaller.reading(
        calls.ask("/api/v5/market/ticker", query, 20),
        fields -> {
          Fields row = OkxCalls.first(fields);
          return new Ticker(
              symbol,
              row.number("last"),
              row.number("bidPx"),
              row.number("askPx"),
              row.number(volume),
              row.millis("ts"));
        });
  }

  @Override
  public Outcome<Funding> funding(Symbol symbol) {
    if (calls.site().market() == MarketType.SPOT) {
      return new Rejected<>(Rejection.REJECTED, "spot has no funding");
    }
    Query query = new Query().with("instId", calls.site().name(symbol));
    return ExchangeCaller.reading(
        calls.ask("/api/v5/public/funding-rate", query, 20),
        fields ->
            new Funding(
                symbol,
                OkxCalls.first(fields).number("fundingRate"),
                OkxCalls.first(fields).millis("fundingTime")));
  }
}
