package io.tollgate.sandbox.internal.trading.book;

import static io.tollgate.sandbox.internal.trading.book.AccountState.decimal;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders as the journal has them. */
public final class OrderState {
  private final Instruments instruments;
  private final Numbering numbering;

  public OrderState(Instruments instruments, Numbering numbering) {
    this.instruments = instruments;
    this.numbering = numbering;
  }

  long number(JsonNode json) {
    long number = json.longValue();
    numbering.seen(number);
    return number;
  }

  ObjectNode write(Order order) {
    ObjectNode json = request(order.request());
    json.put("id", order.id());
    json.put("own", order.clientId());
    json.put("whole", order.quantity().toPlainString());
    json.put("filled", order.filled().toPlainString());
    json.put("turnover", order.turnover().toPlainString());
    json.put("status", order.status().name());
    json.put("created", order.createdAt());
    json.put("updated", order.updatedAt());
    json.put("hidden", order.steering().hiddenUntil());
    json.put("late", order.steering().fillsWhenCancelled());
    json.put("frozen", order.steering().frozen());
    json.put("set_off", order.isSetOff());
    json.put("rest_fills", order.steering().restFillsAt());
    return json;
  }

  ObjectNode write(AlgoOrder order) {
    ObjectNode json = request(order.request());
    json.put("id", order.id());
    json.put("own", order.clientId());
    json.put("status", order.status().name());
    json.put("created", order.createdAt());
    json.put("updated", order.updatedAt());
    order.orderId().ifPresent(became -> json.put("became", became));
    return json;
  }

  private static ObjectNode request(OrderRequest request) {
    ObjectNode json = JsonBody.object();
    json.put("market", request.instrument().market().name());
    json.put("symbol", request.instrument().symbol());
    json.put("side", request.side().name());
    json.put("positionSide", request.positionSide().name());
    json.put("type", request.type().name());
    json.put("tif", request.timeInForce().name());
    request.quantity().ifPresent(value -> json.put("quantity", value.toPlainString()));
    request.payment().ifPresent(value -> json.put("payment", value.toPlainString()));
    request.price().ifPresent(value -> json.put("price", value.toPlainString()));
    request.trigger().ifPresent(value -> json.put("trigger", value.toPlainString()));
    json.put("reduceOnly", request.reduceOnly());
    json.put("closesPosition", request.closesPosition());
    return json;
  }

  private OrderRequest request(JsonNode json) {
    Market market = Market.valueOf(json.path("market").stringValue());
    String symbol = json.path("symbol").stringValue();
    return new OrderRequest(
        instruments
            .find(market, symbol)
            .orElseThrow(() -> new IllegalArgumentException(symbol + " (expected: a symbol)")),
        Side.valueOf(json.path("side").stringValue()),
        PositionSide.valueOf(json.path("positionSide").stringValue()),
        OrderType.valueOf(json.path("type").stringValue()),
        TimeInForce.valueOf(json.path("tif").stringValue()),
        optional(json, "quantity"),
        optional(json, "payment"),
        optional(json, "price"),
        Optional.of(json.path("own").stringValue()),
        json.path("reduceOnly").booleanValue(),
        optional(json, "trigger"),
        json.path("closesPosition").booleanValue());
  }

  private static Optional<BigDecimal> optional(JsonNode json, String name) {
    return json.has(name) ? Optional.of(decimal(json.path(name))) : Optional.empty();
  }

  /** The order as it was after a step, which is new to the account or there already. */
  void read(TradingAccount account, JsonNode json) {
    OrderRequest request = request(json);
    long id = number(json.path("id"));
    Orders orders = account.orders(request.instrument().market());
    Optional<Order> known = orders.find(id);
    Order order =
        known.orElseGet(
            () ->
                new Order(
                    id,
                    request,
                    json.path("own").stringValue(),
                    decimal(json.path("whole")),
                    json.path("created").longValue()));
    order.restore(
        decimal(json.path("filled")),
        decimal(json.path("turnover")),
        OrderStatus.valueOf(json.path("status").stringValue()),
        json.path("updated").longValue());
    order.setOff(json.path("set_off").asBoolean(false));
    order.steer(
        new Order.Steering(
            json.path("hidden").longValue(),
            json.path("late").booleanValue(),
            json.path("frozen").booleanValue(),
            json.path("rest_fills").longValue()));
    known.ifPresentOrElse(orders::changed, () -> orders.add(order));
  }

  void readAlgo(TradingAccount account, JsonNode json) {
    long id = number(json.path("id"));
    AlgoOrder known = account.openAlgos().get(id);
    AlgoOrder order =
        known == null
            ? new AlgoOrder(
                id, request(json), json.path("own").stringValue(), json.path("created").longValue())
            : known;
    order.become(
        AlgoOrder.Status.valueOf(json.path("status").stringValue()),
        json.has("became")
            ? OptionalLong.of(json.path("became").longValue())
            : OptionalLong.empty(),
        json.path("updated").longValue());
    account.remember(order);
  }
}
