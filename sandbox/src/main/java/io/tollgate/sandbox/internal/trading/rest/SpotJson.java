package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.OrderType;
import io.tollgate.sandbox.internal.trading.book.Side;
import io.tollgate.sandbox.internal.trading.book.Trade;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders and trades of the spot market, as the exchange writes them. */
final class SpotJson {
  private SpotJson() {}

  /** What placing an order answers, as much as was asked for. */
  static ObjectNode placed(Order order, String detail, List<Trade> trades) {
    ObjectNode json = JsonBody.object();
    json.put("symbol", order.symbol());
    json.put("orderId", order.id());
    json.put("orderListId", -1);
    json.put("clientOrderId", order.clientId());
    json.put("transactTime", order.updatedAt());
    if (detail.equals("ACK")) {
      return json;
    }
    state(json, order);
    json.put("workingTime", order.createdAt());
    json.put("selfTradePreventionMode", "EXPIRE_MAKER");
    if (detail.equals("FULL")) {
      ArrayNode fills = json.putArray("fills");
      for (Trade trade : trades) {
        fills
            .addObject()
            .put("price", Shown.of(trade.price()))
            .put("qty", Shown.of(trade.quantity()))
            .put("commission", Shown.of(trade.fee()))
            .put("commissionAsset", trade.feeCoin())
            .put("tradeId", trade.id());
      }
    }
    return json;
  }

  /** An order that is asked for. */
  static ObjectNode order(Order order) {
    ObjectNode json = JsonBody.object();
    json.put("symbol", order.symbol());
    json.put("orderId", order.id());
    json.put("orderListId", -1);
    json.put("clientOrderId", order.clientId());
    state(json, order);
    json.put("stopPrice", Shown.of(order.request().trigger().orElse(BigDecimal.ZERO)));
    json.put("icebergQty", "0.00000000");
    json.put("time", order.createdAt());
    json.put("updateTime", order.updatedAt());
    json.put("isWorking", !order.waits());
    json.put("workingTime", order.createdAt());
    json.put("selfTradePreventionMode", "EXPIRE_MAKER");
    return json;
  }

  /** An order that was taken back. */
  static ObjectNode cancelled(Order order, String request) {
    ObjectNode json = JsonBody.object();
    json.put("symbol", order.symbol());
    json.put("origClientOrderId", order.clientId());
    json.put("orderId", order.id());
    json.put("orderListId", -1);
    json.put("clientOrderId", request);
    json.put("transactTime", order.updatedAt());
    state(json, order);
    json.put("selfTradePreventionMode", "EXPIRE_MAKER");
    return json;
  }

  private static void state(ObjectNode json, Order order) {
    OrderRequest request = order.request();
    BigDecimal payment = request.payment().orElse(BigDecimal.ZERO);
    json.put("price", Shown.of(order.price()));
    json.put("origQty", Shown.of(order.quantity()));
    json.put("executedQty", Shown.of(order.filled()));
    json.put("origQuoteOrderQty", Shown.of(payment));
    json.put("cummulativeQuoteQty", Shown.of(order.turnover()));
    json.put("status", order.status().name());
    json.put("timeInForce", request.timeInForce().name());
    json.put("type", request.type().text());
    json.put("side", order.side().name());
  }

  static ObjectNode trade(Trade trade) {
    return JsonBody.object()
        .put("symbol", trade.symbol())
        .put("id", trade.id())
        .put("orderId", trade.orderId())
        .put("orderListId", -1)
        .put("price", Shown.of(trade.price()))
        .put("qty", Shown.of(trade.quantity()))
        .put("quoteQty", Shown.of(trade.value()))
        .put("commission", Shown.of(trade.fee()))
        .put("commissionAsset", trade.feeCoin())
        .put("time", trade.time())
        .put("isBuyer", trade.side() == Side.BUY)
        .put("isMaker", trade.maker())
        .put("isBestMatch", true);
  }

  /** How much an order's placing answers where the caller does not say. */
  static String usualDetail(Order order) {
    return order.request().type() == OrderType.LIMIT_MAKER ? "ACK" : "FULL";
  }
}
