package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.market.Candle;
import io.tollgate.sandbox.internal.trading.market.Candles;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Interval;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Prices;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Prices, books and candles of one market, as the exchange writes them. Thread-safe. */
public final class MarketData {
  private static final long DAY = 86_400_000;
  private static final long MINUTE = 60_000;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Market market;
  private final Instruments instruments;
  private final Prices prices;
  private final Candles candles;

  public MarketData(Floor floor, Market market) {
    this.market = market;
    this.instruments = floor.instruments();
    this.prices = floor.prices();
    this.candles = new Candles(floor.prices());
  }

  private Instrument instrument(Params params) {
    return OrderReading.instrument(instruments, market, params);
  }

  /** One symbol's answer, or a list of all where none is named. */
  private JsonNode eachOrOne(Params params, Function<Instrument, ObjectNode> one) {
    if (params.text("symbol").isPresent()) {
      return one.apply(instrument(params));
    }
    List<String> named =
        params.text("symbols").stream()
            .flatMap(text -> List.of(text.replaceAll("[\\[\\]\" ]", "").split(",", -1)).stream())
            .toList();
    ArrayNode all = JsonBody.array();
    for (Instrument instrument : instruments.of(market)) {
      if (named.isEmpty() || named.contains(instrument.symbol())) {
        all.add(one.apply(instrument));
      }
    }
    if (!named.isEmpty() && all.size() != named.size()) {
      throw new Refusal(-1121, "Invalid symbol.");
    }
    return all;
  }

  JsonNode day(Params params, long now) {
    return eachOrOne(params, instrument -> day(instrument, now));
  }

  /** The last 24 hours, from the beginning of a minute on. */
  public ObjectNode day(Instrument instrument, long now) {
    long from = (now - DAY) / MINUTE * MINUTE;
    Candle candle = prices.candle(instrument, from, now, now);
    Quotes quotes = prices.quotes(instrument, now);
    BigDecimal change = candle.close().subtract(candle.open());
    BigDecimal percent =
        change
            .multiply(HUNDRED)
            .divide(candle.open(), MathContext.DECIMAL64)
            .setScale(3, RoundingMode.HALF_UP);
    ObjectNode json = JsonBody.object();
    json.put("symbol", instrument.symbol());
    json.put("priceChange", price(instrument, change));
    json.put("priceChangePercent", percent.toPlainString());
    json.put(
        "weightedAvgPrice",
        price(instrument, candle.turnover().divide(candle.volume(), MathContext.DECIMAL64)));
    if (market == Market.SPOT) {
      json.put("prevClosePrice", price(instrument, candle.open()));
      json.put("bidPrice", price(instrument, quotes.bid()));
      json.put("bidQty", quantity(instrument, quotes.level(false, 0).quantity()));
      json.put("askPrice", price(instrument, quotes.ask()));
      json.put("askQty", quantity(instrument, quotes.level(true, 0).quantity()));
    }
    json.put("lastPrice", price(instrument, candle.close()));
    json.put(
        "lastQty",
        quantity(instrument, prices.trade(instrument, prices.lastTrade(now)).quantity()));
    json.put("openPrice", price(instrument, candle.open()));
    json.put("highPrice", price(instrument, candle.high()));
    json.put("lowPrice", price(instrument, candle.low()));
    json.put("volume", quantity(instrument, candle.volume()));
    json.put("quoteVolume", Shown.of(candle.turnover()));
    json.put("openTime", from);
    json.put("closeTime", now);
    json.put("firstId", prices.lastTrade(from));
    json.put("lastId", prices.lastTrade(now));
    json.put("count", candle.trades());
    return json;
  }

  JsonNode lastPrice(Params params, long now) {
    return eachOrOne(
        params,
        instrument -> {
          ObjectNode json = JsonBody.object();
          json.put("symbol", instrument.symbol());
          json.put("price", price(instrument, prices.at(instrument, now)));
          if (market == Market.FUTURES) {
            json.put("time", now);
          }
          return json;
        });
  }

  JsonNode best(Params params, long now) {
    return eachOrOne(params, instrument -> best(instrument, now));
  }

  private ObjectNode best(Instrument instrument, long now) {
    Quotes quotes = prices.quotes(instrument, now);
    ObjectNode json = JsonBody.object();
    json.put("symbol", instrument.symbol());
    json.put("bidPrice", price(instrument, quotes.bid()));
    json.put("bidQty", quantity(instrument, quotes.level(false, 0).quantity()));
    json.put("askPrice", price(instrument, quotes.ask()));
    json.put("askQty", quantity(instrument, quotes.level(true, 0).quantity()));
    if (market == Market.FUTURES) {
      json.put("time", now);
      json.put("lastUpdateId", now);
    }
    return json;
  }

  JsonNode depth(Params params, long now) {
    Instrument instrument = instrument(params);
    int limit = params.limit(market == Market.SPOT ? 100 : 500, 1_000);
    ObjectNode json = JsonBody.object();
    json.put("lastUpdateId", now);
    if (market == Market.FUTURES) {
      json.put("E", now);
      json.put("T", now);
    }
    Quotes quotes = prices.quotes(instrument, now);
    json.set("bids", levels(quotes, false, limit));
    json.set("asks", levels(quotes, true, limit));
    return json;
  }

  /** One side of the book, best first. */
  public ArrayNode levels(Quotes quotes, boolean asks, int limit) {
    ArrayNode json = JsonBody.array();
    for (Quotes.Level level : quotes.levels(asks, limit)) {
      json.addArray()
          .add(price(quotes.instrument(), level.price()))
          .add(quantity(quotes.instrument(), level.quantity()));
    }
    return json;
  }

  JsonNode klines(Params params, long now) {
    Instrument instrument = instrument(params);
    Interval interval =
        Interval.of(params.demand("interval"))
            .orElseThrow(() -> new Refusal(-1120, "Invalid interval."));
    int limit = params.limit(500, market == Market.SPOT ? 1_000 : 1_500);
    ArrayNode json = JsonBody.array();
    for (Candle candle :
        candles.list(
            instrument, interval, params.whole("startTime"), params.whole("endTime"), limit, now)) {
      json.addArray()
          .add(candle.start())
          .add(price(instrument, candle.open()))
          .add(price(instrument, candle.high()))
          .add(price(instrument, candle.low()))
          .add(price(instrument, candle.close()))
          .add(Shown.of(candle.volume()))
          .add(candle.end() - 1)
          .add(Shown.of(candle.turnover()))
          .add(candle.trades())
          .add(Shown.of(candle.volume().multiply(HALF)))
          .add(Shown.of(candle.turnover().multiply(HALF)))
          .add("0");
    }
    return json;
  }

  JsonNode tape(Params params, long now) {
    Instrument instrument = instrument(params);
    int limit = params.limit(500, 1_000);
    long last = prices.lastTrade(Math.min(now, params.whole("endTime").orElse(now)));
    long first = last - limit + 1;
    if (params.whole("fromId").isPresent()) {
      first = params.whole("fromId").getAsLong();
    } else if (params.whole("startTime").isPresent()) {
      first = prices.lastTrade(params.whole("startTime").getAsLong() - 1) + 1;
    }
    ArrayNode json = JsonBody.array();
    for (long id = Math.max(0, first); id <= last && json.size() < limit; id++) {
      json.add(tapeTrade(instrument, prices.trade(instrument, id)));
    }
    return json;
  }

  /** A trade of the public tape. */
  public ObjectNode tapeTrade(Instrument instrument, Prices.TapeTrade trade) {
    return JsonBody.object()
        .put("a", trade.id())
        .put("p", price(instrument, trade.price()))
        .put("q", quantity(instrument, trade.quantity()))
        .put("f", trade.id())
        .put("l", trade.id())
        .put("T", trade.time())
        .put("m", trade.sold())
        .put("M", true);
  }

  /** A price as this market writes it. */
  public String price(Instrument instrument, BigDecimal value) {
    return market == Market.SPOT ? Shown.of(value) : Shown.price(instrument, value);
  }

  /** A quantity as this market writes it. */
  public String quantity(Instrument instrument, BigDecimal value) {
    return market == Market.SPOT ? Shown.of(value) : Shown.quantity(instrument, value);
  }
}
