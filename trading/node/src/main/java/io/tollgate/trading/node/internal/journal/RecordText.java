package io.tollgate.trading.node.internal.journal;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.node.internal.journal.TaskRecord.Ended;
import io.tollgate.trading.node.internal.journal.TaskRecord.Sending;
import io.tollgate.web.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records as JSON. What is written was made by us, so that what cannot be read is damage. Numbers
 * are texts: what is read is what was written, to the digit.
 */
final class RecordText {
  private RecordText() {}

  static byte[] write(TaskRecord record) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("task", record.taskId());
    node.put("at", record.at().toString());
    node.put("account", record.identity().account());
    node.put("exchange", record.identity().exchange().name());
    node.put("market", record.identity().market().name());
    node.put("symbol", record.identity().symbol().toString());
    node.put("side", record.identity().side().name());
    switch (record) {
      case Sending sending -> node.set("sending", intent(sending.intent()));
      case Ended ended -> node.set("ended", ended.result());
    }
    return Json.MAPPER.writeValueAsBytes(node);
  }

  static TaskRecord read(byte[] bytes) {
    JsonNode node = Json.MAPPER.readTree(bytes);
    String task = text(node, "task");
    Instant at = Instant.parse(text(node, "at"));
    TaskIdentity identity =
        new TaskIdentity(
            node.required("account").longValue(),
            Exchange.valueOf(text(node, "exchange")),
            MarketType.valueOf(text(node, "market")),
            Symbol.of(text(node, "symbol")),
            Side.valueOf(text(node, "side")));
    return node.has("sending")
        ? new Sending(task, identity, at, intent(node.required("sending"), identity))
        : new Ended(task, identity, at, node.required("ended"));
  }

  private static ObjectNode intent(Intent intent) {
    OrderRequest order = intent.order();
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("id", order.id().text());
    node.put("type", order.type().name());
    node.put("quantity", order.quantity().toPlainString());
    order.price().ifPresent(price -> node.put("price", price.toPlainString()));
    node.put("lasts", order.lasts().name());
    node.put("position", order.position().name());
    node.put("reduce_only", order.reduceOnly());
    node.put("first_sent_at", intent.firstSentAt().toString());
    node.put("void_after", intent.voidAfter().toString());
    return node;
  }

  private static Intent intent(JsonNode node, TaskIdentity identity) {
    OrderRequest order =
        new OrderRequest(
            new ClientOrderId(text(node, "id")),
            identity.symbol(),
            identity.side(),
            OrderType.valueOf(text(node, "type")),
            new BigDecimal(text(node, "quantity")),
            Optional.ofNullable(node.get("price")).map(JsonNode::stringValue).map(BigDecimal::new),
            TimeInForce.valueOf(text(node, "lasts")),
            PositionSide.valueOf(text(node, "position")),
            node.required("reduce_only").booleanValue());
    return new Intent(
        order, Instant.parse(text(node, "first_sent_at")), Instant.parse(text(node, "void_after")));
  }

  private static String text(JsonNode node, String name) {
    return node.required(name).stringValue();
  }
}
