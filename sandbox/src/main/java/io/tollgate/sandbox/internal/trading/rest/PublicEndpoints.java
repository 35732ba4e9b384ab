package io.tollgate.sandbox.internal.trading.rest;

import static io.vertx.core.http.HttpMethod.GET;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.FundingRates;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What everybody may ask, on both markets. Confined to the event loop, but for candles. */
final class PublicEndpoints {
  private final Floor floor;
  private final ExchangeInfo info;

  private PublicEndpoints(Floor floor) {
    this.floor = floor;
    this.info = new ExchangeInfo(floor.instruments());
  }

  static void add(ExchangeRoutes routes) {
    PublicEndpoints own = new PublicEndpoints(routes.floor());
    own.shared(routes, "/api/v3", Market.SPOT);
    own.shared(routes, "/fapi/v1", Market.FUTURES);
    routes.at(GET, "/api/v3/exchangeInfo", Market.SPOT, Security.NONE, 20, own::spotInfo);
    routes.at(
        GET,
        "/fapi/v1/exchangeInfo",
        Market.FUTURES,
        Security.NONE,
        1,
        call -> own.info.futures(own.time(call)));
    routes.at(GET, "/fapi/v1/premiumIndex", Market.FUTURES, Security.NONE, 1, own::premium);
    routes.at(GET, "/fapi/v1/fundingRate", Market.FUTURES, Security.NONE, 1, own::rates);
    routes.at(GET, "/fapi/v1/fundingInfo", Market.FUTURES, Security.NONE, 1, own::funding);
    loading(routes, own);
  }

  private void shared(ExchangeRoutes routes, String path, Market market) {
    MarketData data = new MarketData(floor, market);
    routes.at(GET, path + "/ping", market, Security.NONE, 1, call -> JsonBody.object());
    routes.at(
        GET,
        path + "/time",
        market,
        Security.NONE,
        1,
        call -> JsonBody.object().put("serverTime", time(call)));
    routes.at(
        GET,
        path + "/ticker/24hr",
        market,
        Security.NONE,
        2,
        call -> data.day(call.params(), floor.now()));
    routes.at(
        GET,
        path + "/ticker/price",
        market,
        Security.NONE,
        2,
        call -> data.lastPrice(call.params(), floor.now()));
    routes.at(
        GET,
        path + "/ticker/bookTicker",
        market,
        Security.NONE,
        2,
        call -> data.best(call.params(), floor.now()));
    routes.at(
        GET,
        path + "/depth",
        market,
        Security.NONE,
        5,
        call -> data.depth(call.params(), floor.now()));
    routes.slow(path + "/klines", market, 2, data::klines);
    routes.slow(path + "/aggTrades", market, 4, data::tape);
    if (market == Market.FUTURES) {
      routes.at(
          GET,
          "/fapi/v2/ticker/price",
          market,
          Security.NONE,
          1,
          call -> data.lastPrice(call.params(), floor.now()));
    }
  }

  /** What ccxt and XChange ask before anything else. */
  private static void loading(ExchangeRoutes routes, PublicEndpoints own) {
    Market spot = Market.SPOT;
    routes.at(
        GET,
        "/dapi/v1/exchangeInfo",
        Market.FUTURES,
        Security.NONE,
        1,
        call -> {
          ObjectNode json = JsonBody.object().put("timezone", "UTC");
          json.put("serverTime", own.time(call));
          json.putArray("symbols");
          return json;
        });
    routes.at(GET, "/sapi/v1/capital/config/getall", spot, Security.SIGNED, 10, own::coins);
    routes.at(GET, "/sapi/v1/margin/allPairs", spot, Security.KEY, 1, call -> JsonBody.array());
    routes.at(
        GET,
        "/sapi/v1/margin/isolated/allPairs",
        spot,
        Security.SIGNED,
        10,
        call -> JsonBody.array());
    routes.at(
        GET, "/sapi/v1/asset/assetDetail", spot, Security.SIGNED, 1, call -> JsonBody.object());
    routes.at(
        GET,
        "/sapi/v1/system/status",
        spot,
        Security.NONE,
        1,
        call -> JsonBody.object().put("status", 0).put("msg", "normal"));
    routes.at(GET, "/sapi/v1/account/apiRestrictions", spot, Security.SIGNED, 1, own::restrictions);
    routes.at(GET, "/sapi/v1/asset/tradeFee", spot, Security.SIGNED, 1, own::fees);
  }

  private long time(Call call) {
    return floor.clock().realMillis() + call.twists().skewMillis();
  }

  private JsonNode spotInfo(Call call) {
    List<Instrument> listed = floor.instruments().of(Market.SPOT);
    List<String> named = new ArrayList<>();
    call.params().text("symbol").ifPresent(named::add);
    call.params()
        .text("symbols")
        .ifPresent(
            text -> named.addAll(List.of(text.replaceAll("[\\[\\]\" ]", "").split(",", -1))));
    if (!named.isEmpty()) {
      listed = listed.stream().filter(instrument -> named.contains(instrument.symbol())).toList();
      if (listed.size() < named.size()) {
        throw new Refusal(-1121, "Invalid symbol.");
      }
    }
    return info.spot(listed, time(call));
  }

  private JsonNode premium(Call call) {
    if (call.params().text("symbol").isPresent()) {
      return premium(OrderReading.instrument(floor.instruments(), Market.FUTURES, call.params()));
    }
    ArrayNode all = JsonBody.array();
    floor.instruments().of(Market.FUTURES).forEach(instrument -> all.add(premium(instrument)));
    return all;
  }

  private ObjectNode premium(Instrument instrument) {
    long now = floor.now();
    BigDecimal mark = floor.venue().mark(instrument.symbol(), now);
    long period = FundingRates.PERIOD_MILLIS;
    return JsonBody.object()
        .put("symbol", instrument.symbol())
        .put("markPrice", Shown.of(mark))
        .put("indexPrice", Shown.of(mark))
        .put("estimatedSettlePrice", Shown.of(mark))
        .put("lastFundingRate", Shown.of(FundingRates.RATE))
        .put("interestRate", "0.00010000")
        .put("nextFundingTime", (now / period + 1) * period)
        .put("time", now);
  }

  private JsonNode rates(Call call) {
    Params params = call.params();
    int limit = params.limit(100, 1_000);
    long now = floor.now();
    long to = Math.min(now, params.whole("endTime").orElse(now));
    long from =
        params.whole("startTime").orElse(Math.max(0, to - limit * FundingRates.PERIOD_MILLIS + 1));
    List<Instrument> asked =
        params.text("symbol").isPresent()
            ? List.of(OrderReading.instrument(floor.instruments(), Market.FUTURES, params))
            : floor.instruments().of(Market.FUTURES);
    ArrayNode json = JsonBody.array();
    for (Instrument instrument : asked) {
      for (FundingRates.Charged one :
          floor.funding().between(instrument.symbol(), from, to, limit)) {
        json.addObject()
            .put("symbol", one.symbol())
            .put("fundingRate", Shown.of(one.rate()))
            .put("fundingTime", one.time())
            .put("markPrice", Shown.of(floor.venue().mark(one.symbol(), one.time())));
      }
    }
    return json;
  }

  private JsonNode funding(Call call) {
    ArrayNode json = JsonBody.array();
    for (Instrument instrument : floor.instruments().of(Market.FUTURES)) {
      json.addObject()
          .put("symbol", instrument.symbol())
          .put("adjustedFundingRateCap", "0.02000000")
          .put("adjustedFundingRateFloor", "-0.02000000")
          .put("fundingIntervalHours", 8)
          .put("disclaimer", false);
    }
    return json;
  }

  private JsonNode coins(Call call) {
    ArrayNode json = JsonBody.array();
    for (String coin : floor.instruments().coins()) {
      ObjectNode one =
          json.addObject()
              .put("coin", coin)
              .put("name", coin)
              .put("depositAllEnable", false)
              .put("withdrawAllEnable", false)
              .put("free", Shown.of(call.account().spot().of(coin).free()))
              .put("locked", Shown.of(call.account().spot().of(coin).locked()))
              .put("trading", true)
              .put("isLegalMoney", false);
      one.putArray("networkList");
    }
    return json;
  }

  private JsonNode restrictions(Call call) {
    return JsonBody.object()
        .put("ipRestrict", true)
        .put("createTime", 0)
        .put("enableReading", true)
        .put("enableWithdrawals", false)
        .put("enableInternalTransfer", false)
        .put("enableMargin", false)
        .put("enableFutures", true)
        .put("permitsUniversalTransfer", false)
        .put("enableVanillaOptions", false)
        .put("enableFixApiTrade", false)
        .put("enableFixReadOnly", false)
        .put("enableSpotAndMarginTrading", true)
        .put("enablePortfolioMarginTrading", false);
  }

  private JsonNode fees(Call call) {
    ArrayNode json = JsonBody.array();
    for (Instrument instrument : floor.instruments().of(Market.SPOT)) {
      json.addObject()
          .put("symbol", instrument.symbol())
          .put("makerCommission", "0.001")
          .put("takerCommission", "0.001");
    }
    return json;
  }
}
