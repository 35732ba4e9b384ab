package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is traded, with its filters, as the exchange lists it. */
final class ExchangeInfo {
  private static final long NEVER_DELIVERED = 4_133_404_800_000L;
  private static final int COIN_DECIMALS = 8;

  private final Instruments instruments;

  ExchangeInfo(Instruments instruments) {
    this.instruments = instruments;
  }

  ObjectNode spot(List<Instrument> listed, long now) {
    ObjectNode json = head(Market.SPOT, now);
    ArrayNode symbols = json.putArray("symbols");
    listed.forEach(instrument -> symbols.add(spot(instrument)));
    return json;
  }

  ObjectNode futures(long now) {
    ObjectNode json = head(Market.FUTURES, now);
    json.put("futuresType", "U_MARGINED");
    json.putArray("assets")
        .addObject()
        .put("asset", Instruments.QUOTE)
        .put("marginAvailable", true)
        .put("autoAssetExchange", "0");
    ArrayNode symbols = json.putArray("symbols");
    instruments.of(Market.FUTURES).forEach(instrument -> symbols.add(futures(instrument)));
    return json;
  }

  private static ObjectNode head(Market market, long now) {
    ObjectNode json = JsonBody.object();
    json.put("timezone", "UTC");
    json.put("serverTime", now);
    ArrayNode limits = json.putArray("rateLimits");
    limit(limits, "REQUEST_WEIGHT", "MINUTE", 1, RateLimits.weights(market));
    limit(limits, "ORDERS", "SECOND", 10, RateLimits.ordersInTenSeconds(market));
    limit(limits, "ORDERS", market == Market.SPOT ? "DAY" : "MINUTE", 1, RateLimits.orders(market));
    json.putArray("exchangeFilters");
    return json;
  }

  private static void limit(ArrayNode limits, String type, String interval, int num, int limit) {
    limits
        .addObject()
        .put("rateLimitType", type)
        .put("interval", interval)
        .put("intervalNum", num)
        .put("limit", limit);
  }

  private static ObjectNode spot(Instrument instrument) {
    ObjectNode json = JsonBody.object();
    json.put("symbol", instrument.symbol());
    json.put("status", "TRADING");
    json.put("baseAsset", instrument.base());
    json.put("baseAssetPrecision", COIN_DECIMALS);
    json.put("quoteAsset", instrument.quote());
    json.put("quotePrecision", COIN_DECIMALS);
    json.put("quoteAssetPrecision", COIN_DECIMALS);
    json.put("baseCommissionPrecision", COIN_DECIMALS);
    json.put("quoteCommissionPrecision", COIN_DECIMALS);
    json.putArray("orderTypes")
        .add("LIMIT")
        .add("LIMIT_MAKER")
        .add("MARKET")
        .add("STOP_LOSS")
        .add("STOP_LOSS_LIMIT")
        .add("TAKE_PROFIT")
        .add("TAKE_PROFIT_LIMIT");
    json.put("icebergAllowed", false);
    json.put("ocoAllowed", false);
    json.put("otoAllowed", false);
    json.put("quoteOrderQtyMarketAllowed", true);
    json.put("allowTrailingStop", false);
    json.put("cancelReplaceAllowed", false);
    json.put("isSpotTradingAllowed", true);
    json.put("isMarginTradingAllowed", false);
    ArrayNode filters = json.putArray("filters");
    filters
        .addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", Shown.of(instrument.leastPrice()))
        .put("maxPrice", Shown.of(instrument.mostPrice()))
        .put("tickSize", Shown.of(instrument.tick()));
    filters
        .addObject()
        .put("filterType", "LOT_SIZE")
        .put("minQty", Shown.of(instrument.step()))
        .put("maxQty", Shown.of(instrument.most()))
        .put("stepSize", Shown.of(instrument.step()));
    filters
        .addObject()
        .put("filterType", "MARKET_LOT_SIZE")
        .put("minQty", "0.00000000")
        .put("maxQty", Shown.of(instrument.mostAtMarket()))
        .put("stepSize", "0.00000000");
    filters
        .addObject()
        .put("filterType", "PERCENT_PRICE_BY_SIDE")
        .put("bidMultiplierUp", "5")
        .put("bidMultiplierDown", "0.2")
        .put("askMultiplierUp", "5")
        .put("askMultiplierDown", "0.2")
        .put("avgPriceMins", 5);
    filters
        .addObject()
        .put("filterType", "NOTIONAL")
        .put("minNotional", Shown.of(instrument.leastNotional()))
        .put("applyMinToMarket", true)
        .put("maxNotional", "9000000000.00000000")
        .put("applyMaxToMarket", false)
        .put("avgPriceMins", 5);
    filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("maxNumOrders", 1000);
    json.putArray("permissions");
    json.putArray("permissionSets").addArray().add("SPOT");
    json.put("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
    json.putArray("allowedSelfTradePreventionModes").add("EXPIRE_MAKER");
    return json;
  }

  private static ObjectNode futures(Instrument instrument) {
    ObjectNode json = JsonBody.object();
    json.put("symbol", instrument.symbol());
    json.put("pair", instrument.symbol());
    json.put("contractType", "PERPETUAL");
    json.put("deliveryDate", NEVER_DELIVERED);
    json.put("onboardDate", Instruments.LISTED_SINCE);
    json.put("status", "TRADING");
    json.put("maintMarginPercent", "0.4000");
    json.put("requiredMarginPercent", "5.0000");
    json.put("baseAsset", instrument.base());
    json.put("quoteAsset", instrument.quote());
    json.put("marginAsset", instrument.quote());
    json.put("pricePrecision", instrument.priceDecimals());
    json.put("quantityPrecision", instrument.quantityDecimals());
    json.put("baseAssetPrecision", COIN_DECIMALS);
    json.put("quotePrecision", COIN_DECIMALS);
    json.put("underlyingType", "COIN");
    json.putArray("underlyingSubType").add("PoW");
    json.put("triggerProtect", "0.0500");
    json.put("liquidationFee", "0.012500");
    json.put("marketTakeBound", "0.05");
    json.put("maxMoveOrderLimit", 10_000);
    ArrayNode filters = json.putArray("filters");
    filters
        .addObject()
        .put("filterType", "PRICE_FILTER")
        .put("minPrice", Shown.shortest(instrument.leastPrice()))
        .put("maxPrice", Shown.shortest(instrument.mostPrice()))
        .put("tickSize", Shown.shortest(instrument.tick()));
    filters
        .addObject()
        .put("filterType", "LOT_SIZE")
        .put("minQty", Shown.shortest(instrument.step()))
        .put("maxQty", Shown.shortest(instrument.most()))
        .put("stepSize", Shown.shortest(instrument.step()));
    filters
        .addObject()
        .put("filterType", "MARKET_LOT_SIZE")
        .put("minQty", Shown.shortest(instrument.step()))
        .put("maxQty", Shown.shortest(instrument.mostAtMarket()))
        .put("stepSize", Shown.shortest(instrument.step()));
    filters.addObject().put("filterType", "MAX_NUM_ORDERS").put("limit", 1000);
    filters.addObject().put("filterType", "MAX_NUM_ALGO_ORDERS").put("limit", 200);
    filters
        .addObject()
        .put("filterType", "MIN_NOTIONAL")
        .put("notional", Shown.shortest(instrument.leastNotional()));
    filters
        .addObject()
        .put("filterType", "PERCENT_PRICE")
        .put("multiplierUp", "1.0500")
        .put("multiplierDown", "0.9500")
        .put("multiplierDecimal", "4");
    json.putArray("orderTypes")
        .add("LIMIT")
        .add("MARKET")
        .add("STOP")
        .add("STOP_MARKET")
        .add("TAKE_PROFIT")
        .add("TAKE_PROFIT_MARKET");
    json.putArray("timeInForce").add("GTC").add("IOC").add("FOK").add("GTX");
    return json;
  }
}
