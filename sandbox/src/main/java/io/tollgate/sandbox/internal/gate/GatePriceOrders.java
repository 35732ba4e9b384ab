package io.tollgate.sandbox.internal.gate;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Numbers;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import io.tollgate.sandbox.internal.venue.VenueConditional;
import io.tollgate.sandbox.internal.venue.VenueConditional.State;
import io.tollgate.sandbox.internal.venue.VenueConditionals;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueOrder.Lasts;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gate's price-triggered orders of contracts, at the market. */
final class GatePriceOrders {
  private static final String PREFIX = "t-";
  private static final int AT_OR_ABOVE = 1;
  private static final int AT_OR_BELOW = 2;

  private final VenueBook book;
  private final VenueConditionals waiting;

  GatePriceOrders(VenueBook book) {
    this.book = book;
    this.waiting = new VenueConditionals(book);
  }

  ObjectNode place(VenueAccount account, VenueCall call) {
    JsonNode initial = call.json().path("initial");
    JsonNode trigger = call.json().path("trigger");
    Listed one = GatePublic.listed(book, initial.path("contract").asString(""), true);
    long size = initial.path("size").asLong(0);
    int rule = trigger.path("rule").asInt(0);
    boolean known = rule == AT_OR_ABOVE || rule == AT_OR_BELOW;
    if (size == 0
        || !known
        || !initial.path("price").asString("").equals("0")
        || !initial.path("tif").asString("").equals("ioc")
        || !initial.path("reduce_only").asBoolean(false)) {
      throw new Refused(Reason.BAD_PARAMETER, "only what closes at the market waits here");
    }
    String text = initial.path("text").asString("");
    String side = account.hedges() ? (size > 0 ? "SHORT" : "LONG") : "";
    VenueOrder.Wish wish =
        new VenueOrder.Wish(
            text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "",
            one,
            size > 0,
            BigDecimal.valueOf(Math.abs(size)).multiply(one.contractSize()),
            Optional.empty(),
            Lasts.IOC,
            side,
            true);
    VenueConditional order =
        waiting.place(
            account,
            wish,
            Numbers.positive(Optional.of(trigger.path("price").asString("")), "price"),
            rule == AT_OR_ABOVE,
            call.now());
    return JsonBody.object().put("id", order.id());
  }

  ArrayNode list(VenueAccount account, VenueCall call) {
    boolean open = call.parameter("status").orElse("").equals("open");
    ArrayNode list = JsonBody.array();
    account.conditionals().reversed().stream()
        .filter(order -> (order.state() == State.WAITING) == open)
        .filter(
            order ->
                call.parameter("contract")
                    .map(GatePublic.name(order.wish().listed())::equals)
                    .orElse(true))
        .map(GatePriceOrders::order)
        .forEach(list::add);
    return list;
  }

  ObjectNode one(VenueAccount account, String id) {
    return order(found(account, id));
  }

  ObjectNode cancel(VenueAccount account, String id) {
    VenueConditional order = found(account, id);
    waiting.cancel(order);
    return order(order);
  }

  private VenueConditional found(VenueAccount account, String id) {
    return waiting
        .byId(account, id)
        .orElseThrow(() -> new Refused(Reason.NO_ORDER, "Order not found"));
  }

  private static ObjectNode order(VenueConditional order) {
    VenueOrder.Wish wish = order.wish();
    ObjectNode json =
        JsonBody.object()
            .put("id", order.id())
            .put("create_time", order.createdAt() / 1000.0)
            .put(
                "status",
                switch (order.state()) {
                  case WAITING -> "open";
                  case CANCELLED -> "cancelled";
                  case TRIGGERED, FAILED -> "finished";
                })
            .put(
                "finish_as",
                switch (order.state()) {
                  case WAITING -> "";
                  case CANCELLED -> "cancelled";
                  case TRIGGERED -> "succeeded";
                  case FAILED -> "failed";
                });
    json.putObject("initial")
        .put("contract", GatePublic.name(wish.listed()))
        .put("size", GateWriting.contracts(wish.listed(), wish.quantity(), wish.buys()))
        .put("price", "0")
        .put("tif", "ioc")
        .put("text", PREFIX + wish.ownId())
        .put("is_reduce_only", true);
    json.putObject("trigger")
        .put("strategy_type", 0)
        .put("price_type", 1)
        .put("price", order.trigger().toPlainString())
        .put("rule", order.above() ? AT_OR_ABOVE : AT_OR_BELOW);
    return json;
  }
}
