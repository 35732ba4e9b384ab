package io.tollgate.sandbox.internal.gate;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueOrder.State;
import io.tollgate.sandbox.internal.venue.VenueOrder.Wish;
import io.tollgate.sandbox.internal.venue.VenueTrade;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Writes Gate's orders and trades. */
final class GateWriting {
  private GateWriting() {}

  static ObjectNode order(VenueOrder order) {
    return order.wish().listed().contract() ? contract(order) : spot(order);
  }

  private static ObjectNode spot(VenueOrder order) {
    Wish wish = order.wish();
    ObjectNode json =
        JsonBody.object()
            .put("id", Long.toString(order.id()))
            .put("text", "t-" + wish.ownId())
            .put("create_time", Long.toString(order.createdAt() / 1000))
            .put("update_time", Long.toString(order.updatedAt() / 1000))
            .put("create_time_ms", order.createdAt())
            .put("update_time_ms", order.updatedAt())
            .put(
                "status",
                switch (order.state()) {
                  case OPEN -> "open";
                  case FILLED -> "closed";
                  case CANCELLED, EXPIRED -> "cancelled";
                })
            .put("currency_pair", GatePublic.name(wish.listed()))
            .put("type", wish.price().isEmpty() ? "market" : "limit")
            .put("account", "spot")
            .put("side", wish.buys() ? "buy" : "sell")
            .put("amount", wish.quantity().toPlainString())
            .put("price", wish.price().map(BigDecimal::toPlainString).orElse("0"))
            .put("time_in_force", lasts(wish))
            .put("left", order.rest().toPlainString())
            .put("filled_amount", order.filled().toPlainString())
            .put("filled_total", order.cost().toPlainString())
            .put("fee", "0")
            .put("fee_currency", wish.buys() ? wish.listed().base() : "USDT")
            .put("finish_as", finished(order));
    if (order.filled().signum() > 0) {
      json.put("avg_deal_price", order.averagePrice().toPlainString());
    }
    return json;
  }

  private static ObjectNode contract(VenueOrder order) {
    Wish wish = order.wish();
    ObjectNode json =
        JsonBody.object()
            .put("id", order.id())
            .put("text", "t-" + wish.ownId())
            .put("create_time", order.createdAt() / 1000.0)
            .put("status", order.state() == State.OPEN ? "open" : "finished")
            .put("contract", GatePublic.name(wish.listed()))
            .put("size", contracts(wish.listed(), wish.quantity(), wish.buys()))
            .put("left", contracts(wish.listed(), order.rest(), wish.buys()))
            .put("price", wish.price().map(BigDecimal::toPlainString).orElse("0"))
            .put("fill_price", order.averagePrice().toPlainString())
            .put("tif", lasts(wish))
            .put("is_reduce_only", wish.reduceOnly())
            .put("tkfr", "0.0005")
            .put("mkfr", "0.0002");
    if (order.state() != State.OPEN) {
      json.put("finish_time", order.updatedAt() / 1000.0).put("finish_as", finished(order));
    }
    return json;
  }

  private static String lasts(Wish wish) {
    return switch (wish.lasts()) {
      case GTC -> "gtc";
      case IOC -> "ioc";
      case FOK -> "fok";
      case POST_ONLY -> "poc";
    };
  }

  private static String finished(VenueOrder order) {
    return switch (order.state()) {
      case OPEN -> "open";
      case FILLED -> "filled";
      case CANCELLED -> "cancelled";
      case EXPIRED -> lasts(order.wish()).toLowerCase(Locale.ROOT);
    };
  }

  static ObjectNode fill(VenueTrade trade) {
    Wish wish = trade.order().wish();
    if (wish.listed().contract()) {
      return JsonBody.object()
          .put("id", trade.id())
          .put("create_time", trade.at() / 1000.0)
          .put("contract", GatePublic.name(wish.listed()))
          .put("order_id", Long.toString(trade.order().id()))
          .put("size", contracts(wish.listed(), trade.quantity(), wish.buys()))
          .put("price", trade.price().toPlainString())
          .put("role", "taker")
          .put("text", "t-" + wish.ownId())
          .put("fee", trade.fee().toPlainString());
    }
    return JsonBody.object()
        .put("id", Long.toString(trade.id()))
        .put("create_time", Long.toString(trade.at() / 1000))
        .put("create_time_ms", trade.at() + ".000000")
        .put("currency_pair", GatePublic.name(wish.listed()))
        .put("side", wish.buys() ? "buy" : "sell")
        .put("role", "taker")
        .put("amount", trade.quantity().toPlainString())
        .put("price", trade.price().toPlainString())
        .put("order_id", Long.toString(trade.order().id()))
        .put("text", "t-" + wish.ownId())
        .put("fee", trade.fee().toPlainString())
        .put("fee_currency", trade.feeCoin());
  }

  static long contracts(Listed one, BigDecimal quantity, boolean positive) {
    long count = quantity.divide(one.contractSize()).longValueExact();
    return positive ? count : -count;
  }
}
