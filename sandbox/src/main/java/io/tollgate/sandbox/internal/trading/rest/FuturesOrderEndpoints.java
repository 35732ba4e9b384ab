package io.tollgate.sandbox.internal.trading.rest;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.Trade;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code /fapi/v1}: orders on futures, also those that wait for a price. Event loop only. */
final class FuturesOrderEndpoints {
  private final ExchangeRoutes routes;
  private final Floor floor;
  private final OrderLookup lookup;

  private FuturesOrderEndpoints(ExchangeRoutes routes) {
    this.routes = routes;
    this.floor = routes.floor();
    this.lookup = new OrderLookup(floor);
  }

  static void add(ExchangeRoutes routes) {
    FuturesOrderEndpoints own = new FuturesOrderEndpoints(routes);
    Market market = Market.FUTURES;
    routes.at(POST, "/fapi/v1/order", market, Security.SIGNED, 1, own::place);
    routes.at(GET, "/fapi/v1/order", market, Security.SIGNED, 1, own::order);
    routes.at(DELETE, "/fapi/v1/order", market, Security.SIGNED, 1, own::cancel);
    routes.at(GET, "/fapi/v1/openOrder", market, Security.SIGNED, 1, own::openOrder);
    routes.at(GET, "/fapi/v1/openOrders", market, Security.SIGNED, 1, own::open);
    routes.at(GET, "/fapi/v1/allOrders", market, Security.SIGNED, 5, own::all);
    routes.at(DELETE, "/fapi/v1/allOpenOrders", market, Security.SIGNED, 1, own::cancelAll);
    routes.at(GET, "/fapi/v1/userTrades", market, Security.SIGNED, 5, own::trades);
    routes.at(POST, "/fapi/v1/algoOrder", market, Security.SIGNED, 1, own::placeAlgo);
    routes.at(GET, "/fapi/v1/algoOrder", market, Security.SIGNED, 1, own::algo);
    routes.at(DELETE, "/fapi/v1/algoOrder", market, Security.SIGNED, 1, own::cancelAlgo);
    routes.at(GET, "/fapi/v1/openAlgoOrders", market, Security.SIGNED, 1, own::openAlgos);
    routes.at(GET, "/fapi/v1/allAlgoOrders", market, Security.SIGNED, 5, own::allAlgos);
    routes.at(DELETE, "/fapi/v1/algoOpenOrders", market, Security.SIGNED, 1, own::cancelAlgos);
  }

  private JsonNode place(Call call) {
    String detail = call.params().text("newOrderRespType").orElse("ACK");
    if (!detail.equals("ACK") && !detail.equals("RESULT")) {
      throw new Refusal(-1140, "Invalid newOrderRespType.");
    }
    Order order = routes.placing().futures(call);
    return detail.equals("RESULT") ? FuturesJson.order(order) : FuturesJson.receipt(order);
  }

  private JsonNode order(Call call) {
    return FuturesJson.order(lookup.demand(call, Market.FUTURES));
  }

  private JsonNode openOrder(Call call) {
    Order order = lookup.demand(call, Market.FUTURES);
    if (!order.open()) {
      throw new Refusal(-2013, "Order does not exist.");
    }
    return FuturesJson.order(order);
  }

  private JsonNode cancel(Call call) {
    Order order = lookup.demandOpen(call, Market.FUTURES);
    routes.placing().cancel(call, order);
    return FuturesJson.order(order);
  }

  private JsonNode open(Call call) {
    String symbol = symbolOrAll(call);
    ArrayNode json = JsonBody.array();
    call.account().orders(Market.FUTURES).open().stream()
        .filter(order -> symbol.isEmpty() || order.symbol().equals(symbol))
        .filter(lookup::visible)
        .forEach(order -> json.add(FuturesJson.order(order)));
    return json;
  }

  private JsonNode all(Call call) {
    ArrayNode json = JsonBody.array();
    lookup.all(call, Market.FUTURES).forEach(order -> json.add(FuturesJson.order(order)));
    return json;
  }

  private JsonNode cancelAll(Call call) {
    var unused = floor.desks().cancelAll(call.account(), Market.FUTURES, instrument(call).symbol());
    return JsonBody.object()
        .put("code", 200)
        .put("msg", "The operation of cancel all open order is done.");
  }

  private JsonNode trades(Call call) {
    Params params = call.params();
    String symbol = symbolOrAll(call);
    Instruments instruments = floor.instruments();
    long fromId = params.whole("fromId").orElse(0);
    long orderId = params.whole("orderId").orElse(0);
    List<Trade> found =
        call.account().trades(Market.FUTURES).stream()
            .filter(trade -> symbol.isEmpty() || trade.symbol().equals(symbol))
            .filter(trade -> trade.id() >= fromId)
            .filter(trade -> orderId == 0 || trade.orderId() == orderId)
            .filter(trade -> OrderLookup.within(params, trade.time()))
            .toList();
    ArrayNode json = JsonBody.array();
    boolean first = fromId > 0 || params.whole("startTime").isPresent();
    for (Trade trade : OrderLookup.page(found, params.limit(500, 1_000), first)) {
      instruments
          .find(Market.FUTURES, trade.symbol())
          .ifPresent(instrument -> json.add(FuturesJson.trade(instrument, trade)));
    }
    return json;
  }

  private JsonNode placeAlgo(Call call) {
    return FuturesJson.algo(routes.placing().algo(call));
  }

  private JsonNode algo(Call call) {
    return FuturesJson.algo(
        lookup.algo(call).orElseThrow(() -> new Refusal(-2013, "Order does not exist.")));
  }

  private JsonNode cancelAlgo(Call call) {
    AlgoOrder order =
        lookup
            .algo(call)
            .filter(AlgoOrder::open)
            .orElseThrow(() -> new Refusal(-2011, "Unknown order sent."));
    floor.desks().cancelAlgo(call.account(), order);
    return JsonBody.object()
        .put("algoId", order.id())
        .put("clientAlgoId", order.clientId())
        .put("code", "200")
        .put("msg", "success");
  }

  private JsonNode cancelAlgos(Call call) {
    String symbol = instrument(call).symbol();
    List.copyOf(call.account().openAlgos().values()).stream()
        .filter(order -> order.request().instrument().symbol().equals(symbol))
        .forEach(order -> floor.desks().cancelAlgo(call.account(), order));
    return JsonBody.object()
        .put("code", 200)
        .put("msg", "The operation of cancel all open order is done.");
  }

  private JsonNode openAlgos(Call call) {
    return algos(call, call.account().openAlgos().values().stream());
  }

  private JsonNode allAlgos(Call call) {
    return algos(
        call,
        Stream.concat(
            call.account().endedAlgos().stream(), call.account().openAlgos().values().stream()));
  }

  private JsonNode algos(Call call, Stream<AlgoOrder> orders) {
    String symbol = symbolOrAll(call);
    List<AlgoOrder> found =
        orders
            .filter(
                order -> symbol.isEmpty() || order.request().instrument().symbol().equals(symbol))
            .toList();
    ArrayNode json = JsonBody.array();
    OrderLookup.page(found, call.params().limit(500, 1_000), false)
        .forEach(order -> json.add(FuturesJson.algo(order)));
    return json;
  }

  private Instrument instrument(Call call) {
    return OrderReading.instrument(floor.instruments(), Market.FUTURES, call.params());
  }

  private String symbolOrAll(Call call) {
    return call.params().text("symbol").isPresent() ? instrument(call).symbol() : "";
  }
}
