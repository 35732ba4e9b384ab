package io.tollgate.trading.exchange.internal.gate;

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
import java.util.regex.Pattern;

/** Gate's public calls. */
final class GateMarketData implements MarketData {
  private static final Pattern PAIR = Pattern.compile("[A-Z0-9]{1,20}_USDT");

  private final GateCalls calls;
  private final KeptInstruments instruments;

  GateMarketData(GateCalls calls, InstantSource clock) {
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
    String list = calls.isSpot() ? "currency_pairs" : "contracts";
    String name = calls.isSpot() ? "id" : "name";
    return ExchangeCaller.reading(
        calls.ask(calls.site().path(list), new Query()),
        fields ->
            fields.items().stream()
                .filter(row -> PAIR.matcher(row.text(name)).matches())
                .map(row -> calls.isSpot() ? spot(row) : contract(row))
                .toList());
  }

  private static Instrument spot(Fields row) {
    BigDecimal step = BigDecimal.ONE.movePointLeft((int) row.whole("amount_precision"));
    return new Instrument(
        new Symbol(row.text("base"), row.text("quote")),
        row.text("id"),
        MarketType.SPOT,
        BigDecimal.ONE,
        BigDecimal.ONE.movePointLeft((int) row.whole("precision")),
        step,
        step,
        row.findNumber("min_base_amount").orElse(BigDecimal.ZERO),
        row.findNumber("max_base_amount"),
        row.findNumber("max_base_amount"),
        row.findNumber("min_quote_amount").orElse(BigDecimal.ZERO),
        row.text("trade_status").equals("tradable"));
  }

  private static Instrument contract(Fields row) {
    String name = row.text("name");
    BigDecimal size = row.number("quanto_multiplier");
    return new Instrument(
        new Symbol(name.substring(0, name.indexOf('_')), "USDT"),
        name,
        MarketType.FUTURE,
        size,
        row.number("order_price_round"),
        size,
        size,
        row.number("order_size_min").multiply(size),
        row.findNumber("order_size_max").map(size::multiply),
        row.findNumber("order_size_max").map(size::multiply),
        BigDecimal.ZERO,
        !row.isTrue("in_delisting"));
  }

  @Override
  public Outcome<List<Candle>> candles(
      Symbol symbol, Timeframe timeframe, Instant from, int limit) {
    Instant last = from.plus(timeframe.length().multipliedBy(limit - 1L));
    Instant now = calls.clock().now();
    Query query =
        new Query()
            .with(calls.site().pair(), calls.site().name(symbol))
            .with("interval", timeframe.code())
            .with("from", from.getEpochSecond())
            .with("to", (last.isAfter(now) ? now : last).getEpochSecond());
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("candlesticks"), query),
        fields ->
            fields.items().stream()
                .map(row -> calls.isSpot() ? spotCandle(row) : candle(symbol, row, timeframe, now))
                .filter(candle -> !candle.openedAt().isBefore(from))
                .toList());
  }

  /** Time, volume in the quote coin, close, high, low, open, volume in the base coin, closed. */
  private static Candle spotCandle(Fields row) {
    return new Candle(
        Instant.ofEpochSecond(row.at(0).number().longValueExact()),
        row.at(5).number(),
        row.at(3).number(),
        row.at(4).number(),
        row.at(2).number(),
        row.at(6).number(),
        row.at(7).text().equals("true"));
  }

  private Candle candle(Symbol symbol, Fields row, Timeframe timeframe, Instant now) {
    Instant opened = row.seconds("t");
    BigDecimal size =
        instruments.of(symbol) instanceof Outcome.Accepted<Instrument>(Instrument instrument)
            ? instrument.contractSize()
            : BigDecimal.ONE;
    return new Candle(
        opened,
        row.number("o"),
        row.number("h"),
        row.number("l"),
        row.number("c"),
        row.number("v").multiply(size),
        !opened.plus(timeframe.length()).isAfter(now));
  }

  @Override
  public Outcome<Ticker> ticker(Symbol symbol) {
    Query query = new Query().with(calls.site().pair(), calls.site().name(symbol));
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("tickers"), query),
        fields -> {
          Fields row = fields.at(0);
          BigDecimal last = row.number("last");
          return new Ticker(
              symbol,
              last,
              row.findNumber("highest_bid").orElse(last),
              row.findNumber("lowest_ask").orElse(last),
              row.findNumber("volume_24h_base")
                  .or(() -> row.findNumber("base_volume"))
                  .orElse(BigDecimal.ZERO),
              calls.clock().now());
        });
  }

  @Override
  public Outcome<Funding> funding(Symbol symbol) {
    if (calls.isSpot()) {
      return new Rejected<>(Rejection.REJECTED, "spot has no funding");
    }
    return ExchangeCaller.reading(
        calls.ask(calls.site().path("contracts/" + calls.site().name(symbol)), new Query()),
        row -> new Funding(symbol, row.number("funding_rate"), row.seconds("funding_next_apply")));
  }
}
