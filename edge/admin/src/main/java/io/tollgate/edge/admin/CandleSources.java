package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.engine.candles.CandleSpan;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.candles.CandleTime;
import io.tollgate.trading.engine.candles.ExchangeMarkets;
import io.tollgate.trading.engine.candles.RecentCandles;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.StoredSeries;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.web.Json;
import io.tollgate.web.JsonFields;
import java.time.InstantSource;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Where the candles of a backtest come from: its body, the store, or an exchange. */
final class CandleSources {
  private static final String EXCHANGE = "binance, okx or gate";
  private static final long USUAL_LIMIT = 500;

  private final CandleStore store;
  private final ExchangeMarkets markets;
  private final InstantSource clock;

  CandleSources(CandleStore store, ExchangeMarkets markets, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.markets = requireNonNull(markets, "markets is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Those that a body has, or names by {@code exchange}. */
  CandlesInBody sentOrStored(byte[] body) {
    return CandlesInBody.find(body)
        .orElseGet(
            () -> {
              JsonFields fields = CandlesInBody.withoutCandles(body);
              if (fields.find("exchange").isEmpty()) {
                throw CandlesInBody.missing();
              }
              return new CandlesInBody(fields, stored(fields));
            });
  }

  /** The last {@code limit} of an exchange that have closed. */
  CandlesInBody live(byte[] body) {
    JsonFields fields = JsonFields.of(Json.read(CandlesInBody.small(body)));
    SeriesName name = name(fields);
    int limit =
        Math.toIntExact(fields.wholeNumber("limit", 1, RecentCandles.MOST).orElse(USUAL_LIMIT));
    return new CandlesInBody(
        fields,
        RecentCandles.of(
            markets.of("exchange", name.exchange(), name.marketType()), name, limit, clock));
  }

  private CandleSeries stored(JsonFields fields) {
    SeriesName name = name(fields);
    CandleSpan all =
        store
            .find(name)
            .flatMap(StoredSeries::span)
            .orElseThrow(
                () ->
                    new Refusal(
                            ErrorCode.INSUFFICIENT_DATA,
                            "candles: none of "
                                + name
                                + " is stored (expected: an import before, or candles)")
                        .ofField("candles"));
    long from = time(fields, "start_time").orElse(all.from());
    long to = time(fields, "end_time").orElse(all.to());
    if (from >= to) {
      throw GivenText.refused("end_time", Long.toString(to), "after start_time, " + from);
    }
    return CandleSeries.read(store.read(name, new CandleSpan(from, to)), CandlesInBody.MOST);
  }

  private static SeriesName name(JsonFields fields) {
    return new SeriesName(
        Exchange.of("exchange", fields.requireText("exchange", EXCHANGE)),
        MarketType.of("market_type", fields.text("market_type", "future or spot").orElse("future")),
        Symbol.of(fields.requireText("symbol", "a pair such as BTC/USDT")),
        Timeframe.of("timeframe", fields.requireText("timeframe", "1m to 1d")));
  }

  private static OptionalLong time(JsonFields fields, String name) {
    JsonNode given = fields.find(name).orElse(null);
    if (given == null) {
      return OptionalLong.empty();
    }
    String text = given.isString() ? given.stringValue() : given.toString();
    OptionalLong time = CandleTime.parse(text);
    if (time.isEmpty()) {
      throw GivenText.refused(name, text, CandleTime.EXPECTED);
    }
    return time;
  }
}
