package io.tollgate.sandbox.internal.okx;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Numbers;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import io.tollgate.sandbox.internal.venue.VenueOrder;
import io.tollgate.sandbox.internal.venue.VenueOrder.Lasts;
import io.tollgate.sandbox.internal.venue.VenueOrder.State;
import io.tollgate.sandbox.internal.venue.VenueTrade;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OKX's orders. */
final class OkxTrade {
  private static final int PAGE = 100;

  private final VenueBook book;

  OkxTrade(VenueBook book) {
    this.book = book;
  }

  ArrayNode place(VenueAccount account, VenueCall call) {
    Listed one = OkxPublic.listed(book, call.field("instId").orElse(""));
    String type = call.field("ordType").orElse("");
    boolean market = type.equals("market");
    if (!one.contract()
        && market
        && call.field("side").orElse("").equals("buy")
        && !call.field("tgtCcy").orElse("").equals("base_ccy")) {
      throw new Refused(Reason.BAD_PARAMETER, "a spot market buy is in base_ccy here");
    }
    String mode = call.field("tdMode").orElse("");
    if (one.contract() ? !mode.matches("isolated|cross") : !mode.equals("cash")) {
      throw new Refused(Reason.BAD_PARAMETER, "Parameter tdMode error");
    }
    String side = call.field("posSide").orElse("net");
    if (one.contract() && account.hedges() == side.equals("net")) {
      throw new Refused(Reason.BAD_PARAMETER, "Parameter posSide error");
    }
    boolean buys = buys(call);
    VenueOrder order =
        book.place(
            account,
            new VenueOrder.Wish(
                ownId(call),
                one,
                buys,
                Numbers.positive(call.field("sz"), "sz").multiply(one.contractSize()),
                market ? Optional.empty() : Optional.of(Numbers.positive(call.field("px"), "px")),
                lasts(type),
                side.equals("net") ? "" : side.toUpperCase(Locale.ROOT),
                call.json().path("reduceOnly").asBoolean(false)
                    || (side.equals("long") && !buys)
                    || (side.equals("short") && buys)),
            call.twist(),
            call.now());
    return acknowledged(order, call.now());
  }

  private static boolean buys(VenueCall call) {
    return switch (call.field("side").orElse("")) {
      case "buy" -> true;
      case "sell" -> false;
      default -> throw new Refused(Reason.BAD_PARAMETER, "Parameter side error");
    };
  }

  private static String ownId(VenueCall call) {
    String id = call.field("clOrdId").orElse("");
    if (!id.matches("[A-Za-z0-9]{0,32}")) {
      throw new Refused(Reason.BAD_PARAMETER, "Parameter clOrdId error");
    }
    return id;
  }

  private static Lasts lasts(String type) {
    return switch (type) {
      case "market", "ioc" -> Lasts.IOC;
      case "limit" -> Lasts.GTC;
      case "fok" -> Lasts.FOK;
      case "post_only" -> Lasts.POST_ONLY;
      default -> throw new Refused(Reason.BAD_PARAMETER, "Parameter ordType error");
    };
  }

  ArrayNode cancel(VenueAccount account, VenueCall call) {
    VenueOrder order =
        call.field("ordId")
            .flatMap(id -> book.byId(account, id, call.now()))
            .or(() -> call.field("clOrdId").flatMap(id -> book.byOwnId(account, id, call.now())))
            .orElseThrow(OkxTrade::none);
    return acknowledged(book.cancel(account, order, call.fillsFirst(), call.now()), call.now());
  }

  private static Refused none() {
    return new Refused(Reason.NO_ORDER, "Order does not exist");
  }

  private static ArrayNode acknowledged(VenueOrder order, long now) {
    ArrayNode data = JsonBody.array();
    data.addObject()
        .put("clOrdId", order.wish().ownId())
        .put("ordId", Long.toString(order.id()))
        .put("tag", "")
        .put("ts", Long.toString(now))
        .put("sCode", "0")
        .put("sMsg", "");
    return data;
  }

  ArrayNode one(VenueAccount account, VenueCall call) {
    ArrayNode data = JsonBody.array();
    data.add(
        order(
            call.parameter("ordId")
                .flatMap(id -> book.byId(account, id, call.now()))
                .or(
                    () ->
                        call.parameter("clOrdId")
                            .flatMap(id -> book.byOwnId(account, id, call.now())))
                .orElseThrow(OkxTrade::none)));
    return data;
  }

  ArrayNode list(VenueAccount account, VenueCall call, boolean pending) {
    ArrayNode data = JsonBody.array();
    long older = call.parameter("after").map(Long::parseLong).orElse(Long.MAX_VALUE);
    long begin = call.parameter("begin").map(Long::parseLong).orElse(0L);
    book.visible(account, call.now()).reversed().stream()
        .filter(order -> (order.state() == State.OPEN) == pending)
        .filter(order -> fits(order, call))
        .filter(order -> order.id() < older && order.createdAt() >= begin)
        .limit(PAGE)
        .map(OkxTrade::order)
        .forEach(data::add);
    return data;
  }

  private static boolean fits(VenueOrder order, VenueCall call) {
    Listed one = order.wish().listed();
    return call.parameter("instId").map(OkxPublic.name(one)::equals).orElse(true)
        && call.parameter("instType").map((one.contract() ? "SWAP" : "SPOT")::equals).orElse(true);
  }

  static ObjectNode order(VenueOrder order) {
    VenueOrder.Wish wish = order.wish();
    Listed one = wish.listed();
    return JsonBody.object()
        .put("instType", one.contract() ? "SWAP" : "SPOT")
        .put("instId", OkxPublic.name(one))
        .put("ordId", Long.toString(order.id()))
        .put("clOrdId", wish.ownId())
        .put("side", wish.buys() ? "buy" : "sell")
        .put(
            "posSide",
            one.contract() && !wish.position().isEmpty()
                ? wish.position().toLowerCase(Locale.ROOT)
                : "net")
        .put("tdMode", one.contract() ? "isolated" : "cash")
        .put("ordType", type(wish))
        .put("sz", OkxPublic.contracts(one, wish.quantity()))
        .put("px", wish.price().map(BigDecimal::toPlainString).orElse(""))
        .put("accFillSz", OkxPublic.contracts(one, order.filled()))
        .put("avgPx", order.filled().signum() == 0 ? "" : order.averagePrice().toPlainString())
        .put("state", state(order))
        .put("lever", one.contract() ? "10" : "")
        .put("fee", "0")
        .put("feeCcy", "USDT")
        .put("reduceOnly", Boolean.toString(wish.reduceOnly()))
        .put("tgtCcy", "base_ccy")
        .put("category", "normal")
        .put("cTime", Long.toString(order.createdAt()))
        .put("uTime", Long.toString(order.updatedAt()));
  }

  private static String type(VenueOrder.Wish wish) {
    if (wish.price().isEmpty()) {
      return "market";
    }
    return switch (wish.lasts()) {
      case GTC -> "limit";
      case IOC -> "ioc";
      case FOK -> "fok";
      case POST_ONLY -> "post_only";
    };
  }

  private static String state(VenueOrder order) {
    return switch (order.state()) {
      case OPEN -> order.filled().signum() > 0 ? "partially_filled" : "live";
      case FILLED -> "filled";
      case CANCELLED, EXPIRED -> "canceled";
    };
  }

  ArrayNode fills(VenueAccount account, VenueCall call) {
    Listed one = OkxPublic.listed(book, call.parameter("instId").orElse(""));
    long older = call.parameter("after").map(Long::parseLong).orElse(Long.MAX_VALUE);
    long begin = call.parameter("begin").map(Long::parseLong).orElse(0L);
    ArrayNode data = JsonBody.array();
    book.trades(account, one, call.now()).stream()
        .filter(trade -> trade.id() < older && trade.at() >= begin)
        .limit(PAGE)
        .map(OkxTrade::fill)
        .forEach(data::add);
    return data;
  }

  private static ObjectNode fill(VenueTrade trade) {
    VenueOrder.Wish wish = trade.order().wish();
    return JsonBody.object()
        .put("instType", wish.listed().contract() ? "SWAP" : "SPOT")
        .put("instId", OkxPublic.name(wish.listed()))
        .put("tradeId", Long.toString(trade.id()))
        .put("billId", Long.toString(trade.id()))
        .put("ordId", Long.toString(trade.order().id()))
        .put("clOrdId", wish.ownId())
        .put("side", wish.buys() ? "buy" : "sell")
        .put("fillPx", trade.price().toPlainString())
        .put("fillSz", OkxPublic.contracts(wish.listed(), trade.quantity()))
        .put("fee", trade.fee().negate().toPlainString())
        .put("feeCcy", trade.feeCoin())
        .put("execType", "T")
        .put("ts", Long.toString(trade.at()))
        .put("fillTime", Long.toString(trade.at()));
  }
}
