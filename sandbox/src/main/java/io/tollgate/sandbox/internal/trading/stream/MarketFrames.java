package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.FundingRates;
import io.tollgate.sandbox.internal.trading.market.Candle;
import io.tollgate.sandbox.internal.trading.market.Candles;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Interval;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.market.Prices;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import io.tollgate.sandbox.internal.trading.rest.MarketData;
import io.tollgate.sandbox.internal.trading.rest.Shown;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/** Events of the market, as the exchange writes them. Confined to the event loop. */
final class MarketFrames {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Floor floor;
  private final MarketData spot;
  private final MarketData futures;
  private final Candles candles;

  MarketFrames(Floor floor) {
    this.floor = floor;
    this.spot = new MarketData(floor, Market.SPOT);
    this.futures = new MarketData(floor, Market.FUTURES);
    this.candles = new Candles(floor.prices());
  }

  private MarketData data(Instrument instrument) {
    return instrument.market() == Market.SPOT ? spot : futures;
  }

  /** A candle; closed where {@code now} is not before its end. */
  ObjectNode kline(Instrument instrument, Interval interval, long start, long now) {
    Candle candle = candles.at(instrument, interval, start, now);
    MarketData data = data(instrument);
    ObjectNode json = event("kline", instrument, now);
    json.putObject("k")
        .put("t", candle.start())
        .put("T", candle.end() - 1)
        .put("s", instrument.symbol())
        .put("i", interval.code())
        .put("f", floor.prices().lastTrade(candle.start()))
        .put("L", floor.prices().lastTrade(Math.min(now, candle.end() - 1)))
        .put("o", data.price(instrument, candle.open()))
        .put("c", data.price(instrument, candle.close()))
        .put("h", data.price(instrument, candle.high()))
        .put("l", data.price(instrument, candle.low()))
        .put("v", Shown.of(candle.volume()))
        .put("n", candle.trades())
        .put("x", now >= candle.end())
        .put("q", Shown.of(candle.turnover()))
        .put("V", Shown.of(candle.volume().multiply(HALF)))
        .put("Q", Shown.of(candle.turnover().multiply(HALF)))
        .put("B", "0");
    return json;
  }

  ObjectNode best(Instrument instrument, Quotes quotes, long now) {
    MarketData data = data(instrument);
    ObjectNode json = JsonBody.object();
    if (instrument.market() == Market.FUTURES) {
      json.put("e", "bookTicker");
      json.put("E", now);
      json.put("T", now);
    }
    return json.put("u", now)
        .put("s", instrument.symbol())
        .put("b", data.price(instrument, quotes.bid()))
        .put("B", data.quantity(instrument, quotes.level(false, 0).quantity()))
        .put("a", data.price(instrument, quotes.ask()))
        .put("A", data.quantity(instrument, quotes.level(true, 0).quantity()));
  }

  ObjectNode tape(Instrument instrument, Prices.TapeTrade trade, boolean single, long now) {
    ObjectNode json = event(single ? "trade" : "aggTrade", instrument, now);
    ObjectNode shown = data(instrument).tapeTrade(instrument, trade);
    if (single) {
      shown.remove("a");
      json.put("t", trade.id());
    }
    json.setAll(shown);
    return json;
  }

  ObjectNode day(Instrument instrument, boolean brief, long now) {
    ObjectNode day = data(instrument).day(instrument, now);
    ObjectNode json = event(brief ? "24hrMiniTicker" : "24hrTicker", instrument, now);
    json.put("c", day.path("lastPrice").stringValue());
    json.put("o", day.path("openPrice").stringValue());
    json.put("h", day.path("highPrice").stringValue());
    json.put("l", day.path("lowPrice").stringValue());
    json.put("v", day.path("volume").stringValue());
    json.put("q", day.path("quoteVolume").stringValue());
    if (!brief) {
      Quotes quotes = floor.prices().quotes(instrument, now);
      json.put("p", day.path("priceChange").stringValue());
      json.put("P", day.path("priceChangePercent").stringValue());
      json.put("w", day.path("weightedAvgPrice").stringValue());
      json.put("Q", day.path("lastQty").stringValue());
      json.put("b", data(instrument).price(instrument, quotes.bid()));
      json.put("a", data(instrument).price(instrument, quotes.ask()));
      json.put("O", day.path("openTime").longValue());
      json.put("C", day.path("closeTime").longValue());
      json.put("F", day.path("firstId").longValue());
      json.put("L", day.path("lastId").longValue());
      json.put("n", day.path("count").longValue());
    }
    return json;
  }

  ObjectNode book(Instrument instrument, Quotes quotes, int levels, long now) {
    MarketData data = data(instrument);
    boolean spotMarket = instrument.market() == Market.SPOT;
    ObjectNode json =
        spotMarket ? JsonBody.object() : event("depthUpdate", instrument, now).put("T", now);
    if (spotMarket) {
      json.put("lastUpdateId", now);
    } else {
      json.put("U", now).put("u", now).put("pu", now - 1);
    }
    json.set(spotMarket ? "bids" : "b", data.levels(quotes, false, levels));
    json.set(spotMarket ? "asks" : "a", data.levels(quotes, true, levels));
    return json;
  }

  ObjectNode mark(Instrument instrument, long now) {
    String mark = Shown.of(floor.venue().mark(instrument.symbol(), now));
    long period = FundingRates.PERIOD_MILLIS;
    return event("markPriceUpdate", instrument, now)
        .put("p", mark)
        .put("i", mark)
        .put("P", mark)
        .put("r", Shown.of(FundingRates.RATE))
        .put("T", (now / period + 1) * period);
  }

  private static ObjectNode event(String name, Instrument instrument, long now) {
    return JsonBody.object().put("e", name).put("E", now).put("s", instrument.symbol());
  }
}
