package io.tollgate.sandbox.internal.trading.rest;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Income;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.SymbolTerms;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code /fapi}: terms and incomes of an account on futures. Confined to the event loop. */
final class FuturesAccountEndpoints {
  private static final int UNCHANGED_MARGIN = -4046;

  private final Floor floor;

  private FuturesAccountEndpoints(Floor floor) {
    this.floor = floor;
  }

  static void add(ExchangeRoutes routes) {
    FuturesAccountEndpoints own = new FuturesAccountEndpoints(routes.floor());
    Market market = Market.FUTURES;
    routes.at(POST, "/fapi/v1/leverage", market, Security.SIGNED, 1, own::leverage);
    routes.at(POST, "/fapi/v1/marginType", market, Security.SIGNED, 1, own::marginType);
    routes.at(GET, "/fapi/v1/positionSide/dual", market, Security.SIGNED, 30, own::dual);
    routes.at(POST, "/fapi/v1/positionSide/dual", market, Security.SIGNED, 1, own::setDual);
    routes.at(GET, "/fapi/v1/multiAssetsMargin", market, Security.SIGNED, 30, own::assets);
    routes.at(GET, "/fapi/v1/leverageBracket", market, Security.SIGNED, 1, own::brackets);
    routes.at(GET, "/fapi/v1/income", market, Security.SIGNED, 30, own::income);
    routes.at(GET, "/fapi/v1/commissionRate", market, Security.SIGNED, 20, own::commission);
    routes.at(GET, "/fapi/v1/symbolConfig", market, Security.SIGNED, 5, own::symbols);
    routes.at(GET, "/fapi/v1/accountConfig", market, Security.SIGNED, 5, own::config);
  }

  private Instrument instrument(Call call) {
    return OrderReading.instrument(floor.instruments(), Market.FUTURES, call.params());
  }

  private List<Instrument> instruments(Call call) {
    return call.params().text("symbol").isPresent()
        ? List.of(instrument(call))
        : floor.instruments().of(Market.FUTURES);
  }

  private JsonNode leverage(Call call) {
    Instrument instrument = instrument(call);
    int leverage =
        call.params()
            .small("leverage", 1, SymbolTerms.MOST_LEVERAGE, -4028)
            .orElseThrow(() -> Refusal.missing("leverage"));
    SymbolTerms terms =
        floor
            .desks()
            .setTerms(
                call.account(),
                instrument.symbol(),
                before -> new SymbolTerms(leverage, before.isolated()));
    return JsonBody.object()
        .put("symbol", instrument.symbol())
        .put("leverage", terms.leverage())
        .put("maxNotionalValue", FuturesWalletJson.MOST_NOTIONAL);
  }

  private JsonNode marginType(Call call) {
    Instrument instrument = instrument(call);
    String type = call.params().demand("marginType");
    if (!type.equals("ISOLATED") && !type.equals("CROSSED")) {
      throw new Refusal(-4096, "Invalid marginType.");
    }
    boolean isolated = type.equals("ISOLATED");
    if (call.account().futures().terms(instrument.symbol()).isolated() == isolated) {
      throw new Refusal(UNCHANGED_MARGIN, "No need to change margin type.");
    }
    var unused =
        floor
            .desks()
            .setTerms(
                call.account(),
                instrument.symbol(),
                before -> new SymbolTerms(before.leverage(), isolated));
    return success();
  }

  private JsonNode dual(Call call) {
    return JsonBody.object().put("dualSidePosition", call.account().futures().hedged());
  }

  private JsonNode setDual(Call call) {
    String dual = call.params().demand("dualSidePosition");
    if (!dual.equalsIgnoreCase("true") && !dual.equalsIgnoreCase("false")) {
      throw Refusal.missing("dualSidePosition");
    }
    floor.desks().hedge(call.account(), dual.equalsIgnoreCase("true"));
    return success();
  }

  private static JsonNode success() {
    return JsonBody.object().put("code", 200).put("msg", "success");
  }

  private JsonNode assets(Call call) {
    return JsonBody.object().put("multiAssetsMargin", false);
  }

  private JsonNode brackets(Call call) {
    ArrayNode all = JsonBody.array();
    for (Instrument instrument : instruments(call)) {
      var one = all.addObject().put("symbol", instrument.symbol());
      one.putArray("brackets")
          .addObject()
          .put("bracket", 1)
          .put("initialLeverage", SymbolTerms.MOST_LEVERAGE)
          .put("notionalCap", Long.parseLong(FuturesWalletJson.MOST_NOTIONAL))
          .put("notionalFloor", 0)
          .put("maintMarginRatio", 0.004)
          .put("cum", 0.0);
    }
    return all;
  }

  private JsonNode income(Call call) {
    Params params = call.params();
    String symbol = params.text("symbol").orElse("");
    String type = params.text("incomeType").orElse("");
    List<Income> found =
        call.account().income().stream()
            .filter(one -> symbol.isEmpty() || one.symbol().equals(symbol))
            .filter(one -> type.isEmpty() || one.type().name().equals(type))
            .filter(one -> OrderLookup.within(params, one.time()))
            .toList();
    int limit = params.limit(100, 1_000);
    long page = Math.max(1, params.whole("page").orElse(1));
    ArrayNode json = JsonBody.array();
    boolean first = params.whole("startTime").isPresent() || page > 1;
    List<Income> from =
        found.subList((int) Math.min(found.size(), (page - 1) * limit), found.size());
    OrderLookup.page(from, limit, first).forEach(one -> json.add(FuturesJson.income(one)));
    return json;
  }

  private JsonNode commission(Call call) {
    return JsonBody.object()
        .put("symbol", instrument(call).symbol())
        .put("makerCommissionRate", "0.000200")
        .put("takerCommissionRate", "0.000400");
  }

  private JsonNode symbols(Call call) {
    ArrayNode all = JsonBody.array();
    for (Instrument instrument : instruments(call)) {
      SymbolTerms terms = call.account().futures().terms(instrument.symbol());
      all.addObject()
          .put("symbol", instrument.symbol())
          .put("marginType", terms.isolated() ? "ISOLATED" : "CROSSED")
          .put("isAutoAddMargin", false)
          .put("leverage", terms.leverage())
          .put("maxNotionalValue", FuturesWalletJson.MOST_NOTIONAL);
    }
    return all;
  }

  private JsonNode config(Call call) {
    return JsonBody.object()
        .put("feeTier", 0)
        .put("canTrade", true)
        .put("canDeposit", true)
        .put("canWithdraw", false)
        .put("dualSidePosition", call.account().futures().hedged())
        .put("updateTime", 0)
        .put("multiAssetsMargin", false)
        .put("tradeGroupId", -1);
  }
}
