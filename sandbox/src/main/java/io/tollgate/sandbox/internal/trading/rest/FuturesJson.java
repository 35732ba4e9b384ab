package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Income;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.OrderStatus;
import io.tollgate.sandbox.internal.trading.book.OrderType;
import io.tollgate.sandbox.internal.trading.book.Side;
import io.tollgate.sandbox.internal.trading.book.Trade;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import tools.jackson.databind.node.ObjectNode;

/** Orders, trades and incomes of the futures market, as the exchange writes them. */
final class FuturesJson {
  private FuturesJson() {}

  static ObjectNode order(Order order) {
    ObjectNode json = state(order, order.status(), order.filled(), order.turnover());
    json.put("avgPrice", average(order));
    json.put("time", order.createdAt());
    return json;
  }

  /** What placing answers when only a receipt is wanted: the order before it met anything. */
  static ObjectNode receipt(Order order) {
    ObjectNode json = state(order, OrderStatus.NEW, BigDecimal.ZERO, BigDecimal.ZERO);
    json.put("avgPrice", "0.00");
    return json;
  }

  private static String average(Order order) {
    return order.filled().signum() == 0
        ? "0.00"
        : Shown.shortest(
            order.average().setScale(order.instrument().priceDecimals() + 4, RoundingMode.HALF_UP));
  }

  private static ObjectNode state(
      Order order, OrderStatus status, BigDecimal filled, BigDecimal turnover) {
    OrderRequest request = order.request();
    Instrument instrument = order.instrument();
    ObjectNode json = JsonBody.object();
    json.put("orderId", order.id());
    json.put("symbol", order.symbol());
    json.put("status", status.name());
    json.put("clientOrderId", order.clientId());
    json.put("price", order.price().signum() == 0 ? "0" : Shown.price(instrument, order.price()));
    json.put("origQty", Shown.quantity(instrument, order.quantity()));
    json.put("executedQty", Shown.quantity(instrument, filled));
    json.put("cumQty", Shown.quantity(instrument, filled));
    json.put("cumQuote", Shown.of(turnover));
    json.put("timeInForce", request.timeInForce().name());
    json.put("type", type(request));
    json.put("origType", type(request));
    json.put("reduceOnly", request.reduceOnly());
    json.put("closePosition", false);
    json.put("side", order.side().name());
    json.put("positionSide", request.positionSide().name());
    json.put("stopPrice", "0");
    json.put("workingType", "CONTRACT_PRICE");
    json.put("priceProtect", false);
    json.put("priceMatch", "NONE");
    json.put("selfTradePreventionMode", "EXPIRE_MAKER");
    json.put("goodTillDate", 0);
    json.put("updateTime", order.updatedAt());
    return json;
  }

  private static String type(OrderRequest request) {
    return request.type() == OrderType.LIQUIDATION ? "MARKET" : request.type().name();
  }

  static ObjectNode algo(AlgoOrder order) {
    OrderRequest request = order.request();
    Instrument instrument = request.instrument();
    ObjectNode json = JsonBody.object();
    json.put("algoId", order.id());
    json.put("clientAlgoId", order.clientId());
    json.put("algoType", "CONDITIONAL");
    json.put("orderType", request.type().name());
    json.put("symbol", instrument.symbol());
    json.put("side", request.side().name());
    json.put("positionSide", request.positionSide().name());
    json.put("timeInForce", request.timeInForce().name());
    json.put("quantity", Shown.quantity(instrument, request.quantity().orElse(BigDecimal.ZERO)));
    json.put("algoStatus", order.status().name());
    json.put(
        "actualOrderId",
        order.orderId().isPresent() ? Long.toString(order.orderId().getAsLong()) : "");
    json.put("triggerPrice", Shown.price(instrument, order.trigger()));
    json.put("price", Shown.price(instrument, request.price().orElse(BigDecimal.ZERO)));
    json.putNull("icebergQuantity");
    json.put("selfTradePreventionMode", "EXPIRE_MAKER");
    json.put("workingType", "CONTRACT_PRICE");
    json.put("priceMatch", "NONE");
    json.put("closePosition", request.closesPosition());
    json.put("priceProtect", false);
    json.put("reduceOnly", request.reduceOnly());
    json.put("createTime", order.createdAt());
    json.put("updateTime", order.updatedAt());
    json.put("triggerTime", order.orderId().isPresent() ? order.updatedAt() : 0);
    json.put("goodTillDate", 0);
    return json;
  }

  static ObjectNode trade(Instrument instrument, Trade trade) {
    return JsonBody.object()
        .put("symbol", trade.symbol())
        .put("id", trade.id())
        .put("orderId", trade.orderId())
        .put("side", trade.side().name())
        .put("price", Shown.price(instrument, trade.price()))
        .put("qty", Shown.quantity(instrument, trade.quantity()))
        .put("realizedPnl", Shown.of(trade.realized()))
        .put("quoteQty", Shown.of(trade.value()))
        .put("commission", Shown.of(trade.fee()))
        .put("commissionAsset", trade.feeCoin())
        .put("time", trade.time())
        .put("positionSide", trade.positionSide().name())
        .put("buyer", trade.side() == Side.BUY)
        .put("maker", trade.maker());
  }

  static ObjectNode income(Income income) {
    return JsonBody.object()
        .put("symbol", income.symbol())
        .put("incomeType", income.type().name())
        .put("income", Shown.of(income.amount()))
        .put("asset", "USDT")
        .put("info", income.type().name())
        .put("time", income.time())
        .put("tranId", income.id())
        .put(
            "tradeId",
            income.tradeId().isPresent() ? Long.toString(income.tradeId().getAsLong()) : "");
  }
}
