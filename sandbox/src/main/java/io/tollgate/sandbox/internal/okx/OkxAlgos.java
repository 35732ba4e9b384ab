package io.tollgate.sandbox.internal.okx;

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
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OKX's orders that wait for a price: those of type {@code conditional}, at the market. */
final class OkxAlgos {
  private final VenueBook book;
  private final VenueConditionals waiting;

  OkxAlgos(VenueBook book) {
    this.book = book;
    this.waiting = new VenueConditionals(book);
  }

  ArrayNode place(VenueAccount account, VenueCall call) {
    Listed one = OkxPublic.listed(book, call.field("instId").orElse(""));
    boolean stop = call.field("slTriggerPx").isPresent();
    String kind = stop ? "sl" : "tp";
    boolean sells = call.field("side").orElse("").equals("sell");
    String side = call.field("posSide").orElse("net");
    if (!one.contract()
        || !call.field("ordType").orElse("").equals("conditional")
        || !call.field("tdMode").orElse("").matches("isolated|cross")
        || !call.field(kind + "OrdPx").orElse("").equals("-1")
        || !call.field("side").orElse("").matches("buy|sell")
        || account.hedges() == side.equals("net")) {
      throw new Refused(Reason.BAD_PARAMETER, "only conditional orders at the market here");
    }
    String ownId = call.field("algoClOrdId").orElse("");
    boolean taken =
        account.conditionals().stream().anyMatch(order -> order.wish().ownId().equals(ownId));
    if (!ownId.isEmpty() && taken) {
      throw new Refused(Reason.DUPLICATE, "an order has this id");
    }
    VenueOrder.Wish wish =
        new VenueOrder.Wish(
            ownId,
            one,
            !sells,
            Numbers.positive(call.field("sz"), "sz").multiply(one.contractSize()),
            Optional.empty(),
            Lasts.IOC,
            side.equals("net") ? "" : side.toUpperCase(Locale.ROOT),
            true);
    VenueConditional order =
        waiting.place(
            account,
            wish,
            Numbers.positive(call.field(kind + "TriggerPx"), kind + "TriggerPx"),
            stop != sells,
            call.now());
    ArrayNode data = JsonBody.array();
    acknowledged(data.addObject(), order);
    return data;
  }

  private static void acknowledged(ObjectNode json, VenueConditional order) {
    json.put("algoId", Long.toString(order.id()))
        .put("algoClOrdId", order.wish().ownId())
        .put("sCode", "0")
        .put("sMsg", "");
  }

  /** The body is a list of them. */
  ArrayNode cancel(VenueAccount account, VenueCall call) {
    ArrayNode data = JsonBody.array();
    call.list()
        .forEach(
            asked -> {
              VenueConditional order =
                  waiting
                      .byId(account, asked.path("algoId").asString(""))
                      .orElseThrow(OkxAlgos::none);
              waiting.cancel(order);
              acknowledged(data.addObject(), order);
            });
    return data;
  }

  private static Refused none() {
    return new Refused(Reason.NO_ORDER, "Order does not exist");
  }

  ArrayNode one(VenueAccount account, VenueCall call) {
    String ownId = call.parameter("algoClOrdId").orElse("");
    String id = call.parameter("algoId").orElse("");
    ArrayNode data = JsonBody.array();
    data.add(
        account.conditionals().stream()
            .filter(
                order ->
                    Long.toString(order.id()).equals(id)
                        || (!ownId.isEmpty() && order.wish().ownId().equals(ownId)))
            .findFirst()
            .map(OkxAlgos::order)
            .orElseThrow(OkxAlgos::none));
    return data;
  }

  ArrayNode pending(VenueAccount account, VenueCall call) {
    ArrayNode data = JsonBody.array();
    account.conditionals().reversed().stream()
        .filter(order -> order.state() == State.WAITING)
        .filter(
            order ->
                call.parameter("instId")
                    .map(OkxPublic.name(order.wish().listed())::equals)
                    .orElse(true))
        .map(OkxAlgos::order)
        .forEach(data::add);
    return data;
  }

  private static ObjectNode order(VenueConditional order) {
    VenueOrder.Wish wish = order.wish();
    boolean stop = order.above() == wish.buys();
    return JsonBody.object()
        .put("instType", "SWAP")
        .put("instId", OkxPublic.name(wish.listed()))
        .put("ordType", "conditional")
        .put("algoId", Long.toString(order.id()))
        .put("algoClOrdId", wish.ownId())
        .put("side", wish.buys() ? "buy" : "sell")
        .put(
            "posSide", wish.position().isEmpty() ? "net" : wish.position().toLowerCase(Locale.ROOT))
        .put("sz", OkxPublic.contracts(wish.listed(), wish.quantity()))
        .put("slTriggerPx", stop ? order.trigger().toPlainString() : "")
        .put("slOrdPx", stop ? "-1" : "")
        .put("tpTriggerPx", stop ? "" : order.trigger().toPlainString())
        .put("tpOrdPx", stop ? "" : "-1")
        .put(
            "state",
            switch (order.state()) {
              case WAITING -> "live";
              case TRIGGERED -> "effective";
              case CANCELLED -> "canceled";
              case FAILED -> "order_failed";
            })
        .put("cTime", Long.toString(order.createdAt()));
  }
}
