package io.tollgate.sandbox.internal.trading.rest;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.SpotWallet;
import io.tollgate.sandbox.internal.trading.book.Trade;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /api/v3}: the spot market's account and orders. Confined to the event loop. */
final class SpotEndpoints {
  private static final Set<String> DETAILS = Set.of("ACK", "RESULT", "FULL");

  private final ExchangeRoutes routes;
  private final Floor floor;
  private final OrderLookup lookup;

  private SpotEndpoints(ExchangeRoutes routes) {
    this.routes = routes;
    this.floor = routes.floor();
    this.lookup = new OrderLookup(floor);
  }

  static void add(ExchangeRoutes routes) {
    SpotEndpoints own = new SpotEndpoints(routes);
    routes.at(POST, "/api/v3/order", Market.SPOT, Security.SIGNED, 1, own::place);
    routes.at(GET, "/api/v3/order", Market.SPOT, Security.SIGNED, 4, own::order);
    routes.at(DELETE, "/api/v3/order", Market.SPOT, Security.SIGNED, 1, own::cancel);
    routes.at(POST, "/api/v3/order/test", Market.SPOT, Security.SIGNED, 1, own::test);
    routes.at(GET, "/api/v3/openOrders", Market.SPOT, Security.SIGNED, 6, own::open);
    routes.at(DELETE, "/api/v3/openOrders", Market.SPOT, Security.SIGNED, 1, own::cancelAll);
    routes.at(GET, "/api/v3/allOrders", Market.SPOT, Security.SIGNED, 20, own::all);
    routes.at(GET, "/api/v3/myTrades", Market.SPOT, Security.SIGNED, 20, own::trades);
    routes.at(GET, "/api/v3/account", Market.SPOT, Security.SIGNED, 20, own::account);
    routes.at(GET, "/api/v3/account/commission", Market.SPOT, Security.SIGNED, 20, own::commission);
  }

  private JsonNode place(Call call) {
    String detail = call.params().text("newOrderRespType").orElse("");
    if (!detail.isEmpty() && !DETAILS.contains(detail)) {
      throw new Refusal(-1140, "Invalid newOrderRespType.");
    }
    Order order = routes.placing().spot(call);
    List<Trade> trades =
        call.account().trades(Market.SPOT).stream()
            .filter(trade -> trade.orderId() == order.id())
            .toList();
    return SpotJson.placed(order, detail.isEmpty() ? SpotJson.usualDetail(order) : detail, trades);
  }

  private JsonNode test(Call call) {
    var unused = new OrderReading(floor.instruments()).spot(call.params());
    return JsonBody.object();
  }

  private JsonNode order(Call call) {
    return SpotJson.order(lookup.demand(call, Market.SPOT));
  }

  private JsonNode cancel(Call call) {
    Order order = lookup.demandOpen(call, Market.SPOT);
    routes.placing().cancel(call, order);
    return SpotJson.cancelled(
        order, call.params().text("newClientOrderId").orElse("cancel" + order.id()));
  }

  private JsonNode cancelAll(Call call) {
    Instrument instrument =
        OrderReading.instrument(floor.instruments(), Market.SPOT, call.params());
    List<Order> cancelled =
        floor.desks().cancelAll(call.account(), Market.SPOT, instrument.symbol());
    if (cancelled.isEmpty()) {
      throw new Refusal(-2011, "Unknown order sent.");
    }
    ArrayNode json = JsonBody.array();
    cancelled.forEach(order -> json.add(SpotJson.cancelled(order, "cancel" + order.id())));
    return json;
  }

  private JsonNode open(Call call) {
    ArrayNode json = JsonBody.array();
    String symbol = call.params().text("symbol").orElse("");
    if (!symbol.isEmpty()) {
      var unused = OrderReading.instrument(floor.instruments(), Market.SPOT, call.params());
    }
    call.account().orders(Market.SPOT).open().stream()
        .filter(order -> symbol.isEmpty() || order.symbol().equals(symbol))
        .filter(lookup::visible)
        .forEach(order -> json.add(SpotJson.order(order)));
    return json;
  }

  private JsonNode all(Call call) {
    ArrayNode json = JsonBody.array();
    lookup.all(call, Market.SPOT).forEach(order -> json.add(SpotJson.order(order)));
    return json;
  }

  private JsonNode trades(Call call) {
    Params params = call.params();
    Instrument instrument = OrderReading.instrument(floor.instruments(), Market.SPOT, params);
    long fromId = params.whole("fromId").orElse(0);
    long orderId = params.whole("orderId").orElse(0);
    List<Trade> found =
        call.account().trades(Market.SPOT).stream()
            .filter(trade -> trade.symbol().equals(instrument.symbol()))
            .filter(trade -> trade.id() >= fromId)
            .filter(trade -> orderId == 0 || trade.orderId() == orderId)
            .filter(trade -> OrderLookup.within(params, trade.time()))
            .toList();
    ArrayNode json = JsonBody.array();
    boolean first = fromId > 0 || params.whole("startTime").isPresent();
    OrderLookup.page(found, params.limit(500, 1_000), first)
        .forEach(trade -> json.add(SpotJson.trade(trade)));
    return json;
  }

  private JsonNode account(Call call) {
    ObjectNode json = JsonBody.object();
    json.put("makerCommission", 10);
    json.put("takerCommission", 10);
    json.put("buyerCommission", 0);
    json.put("sellerCommission", 0);
    commissionRates(json);
    json.put("canTrade", true);
    json.put("canWithdraw", false);
    json.put("canDeposit", true);
    json.put("brokered", false);
    json.put("requireSelfTradePrevention", false);
    json.put("preventSor", false);
    json.put("updateTime", floor.now());
    json.put("accountType", "SPOT");
    ArrayNode balances = json.putArray("balances");
    boolean terse = call.params().flag("omitZeroBalances");
    for (String coin : floor.instruments().coins()) {
      SpotWallet.Balance balance = call.account().spot().of(coin);
      if (!terse || balance.free().add(balance.locked()).compareTo(BigDecimal.ZERO) > 0) {
        balances
            .addObject()
            .put("asset", coin)
            .put("free", Shown.of(balance.free()))
            .put("locked", Shown.of(balance.locked()));
      }
    }
    json.putArray("permissions").add("SPOT");
    json.put("uid", call.account().number());
    return json;
  }

  private static void commissionRates(ObjectNode json) {
    json.putObject("commissionRates")
        .put("maker", "0.00100000")
        .put("taker", "0.00100000")
        .put("buyer", "0.00000000")
        .put("seller", "0.00000000");
  }

  private JsonNode commission(Call call) {
    Instrument instrument =
        OrderReading.instrument(floor.instruments(), Market.SPOT, call.params());
    ObjectNode json = JsonBody.object();
    json.put("symbol", instrument.symbol());
    for (String kind : new String[] {"standardCommission", "taxCommission"}) {
      String rate = kind.startsWith("standard") ? "0.00100000" : "0.00000000";
      json.putObject(kind)
          .put("maker", rate)
          .put("taker", rate)
          .put("buyer", "0.00000000")
          .put("seller", "0.00000000");
    }
    return json;
  }
}
