package io.tollgate.sandbox.internal.gate;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueOrder.State;
import io.tollgate.sandbox.internal.venue.VenuePosition;
import io.tollgate.sandbox.internal.venue.VenueTrade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Writes what Gate's channels tell: nearly what its calls answer, with other times and marks. */
final class GateTelling {
  private GateTelling() {}

  static ObjectNode order(VenueAccount account, VenueOrder order, boolean filled) {
    ObjectNode json = GateWriting.order(order);
    json.put("user", Long.toString(account.number()));
    if (order.wish().listed().contract()) {
      json.put("create_time_ms", order.createdAt());
      json.put("finish_time_ms", order.state() == State.OPEN ? 0 : order.updatedAt());
      return json;
    }
    // the spot market's channel says what happened, and has no status
    json.remove("status");
    String event = order.state() != State.OPEN ? "finish" : filled ? "update" : "put";
    return json.put("event", event)
        .put("create_time_ms", Long.toString(order.createdAt()))
        .put("update_time_ms", Long.toString(order.updatedAt()));
  }

  static ObjectNode trade(VenueTrade trade) {
    return GateWriting.fill(trade);
  }

  static List<ObjectNode> coins(VenueAccount account, String base, long now) {
    return Stream.of(base, "USDT")
        .map(
            coin -> {
              BigDecimal total = account.coins().getOrDefault(coin, BigDecimal.ZERO);
              BigDecimal locked = account.locked(coin);
              return JsonBody.object()
                  .put("timestamp", Long.toString(now / 1000))
                  .put("timestamp_ms", Long.toString(now))
                  .put("user", Long.toString(account.number()))
                  .put("currency", coin)
                  .put("total", total.toPlainString())
                  .put("available", total.subtract(locked).toPlainString())
                  .put("freeze", locked.toPlainString())
                  .put("change_type", "order-create");
            })
        .toList();
  }

  static ObjectNode balance(VenueAccount account, long now) {
    return JsonBody.object()
        .put("balance", account.coins().getOrDefault("USDT", BigDecimal.ZERO))
        .put("change", 0)
        .put("currency", "usdt")
        .put("text", "")
        .put("time", now / 1000)
        .put("time_ms", now)
        .put("type", "fee")
        .put("user", Long.toString(account.number()));
  }

  static ObjectNode position(VenueAccount account, VenueTrade trade, long now) {
    VenueOrder.Wish wish = trade.order().wish();
    VenuePosition one = account.position(wish.listed(), wish.position());
    return JsonBody.object()
        .put("contract", GatePublic.name(wish.listed()))
        .put("size", GateWriting.contracts(wish.listed(), one.size(), true))
        .put("entry_price", one.entry())
        .put("leverage", account.leverage(wish.listed()))
        .put("liq_price", 0)
        .put(
            "mode", one.side().isEmpty() ? "single" : "dual_" + one.side().toLowerCase(Locale.ROOT))
        .put("time", now / 1000)
        .put("time_ms", now)
        .put("user", Long.toString(account.number()));
  }
}
