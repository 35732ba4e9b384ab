package io.tollgate.sandbox.internal.gate;

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
import io.tollgate.sandbox.internal.venue.VenueOrder.Wish;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Gate's orders: by their own id they are known only while they are open. */
final class GateTrade {
  private static final String PREFIX = "t-";
  private static final int MOST = 1_000;

  private final VenueBook book;

  GateTrade(VenueBook book) {
    this.book = book;
  }

  JsonNode place(VenueAccount account, VenueCall call, boolean contract) {
    String text = call.field("text").orElse("");
    if (!text.isEmpty() && !text.matches("t-[0-9A-Za-z_.-]{1,28}")) {
      throw new Refused(Reason.BAD_PARAMETER, "text must begin with t-");
    }
    String ownId = text.isEmpty() ? "" : text.substring(PREFIX.length());
    Wish wish = contract ? contract(account, call, ownId) : spot(call, ownId);
    return GateWriting.order(book.place(account, wish, call.twist(), call.now()));
  }

  private Wish spot(VenueCall call, String ownId) {
    Listed one = GatePublic.listed(book, call.field("currency_pair").orElse(""), false);
    boolean market = call.field("type").orElse("limit").equals("market");
    boolean buys =
        switch (call.field("side").orElse("")) {
          case "buy" -> true;
          case "sell" -> false;
          default -> throw new Refused(Reason.BAD_PARAMETER, "side must be buy or sell");
        };
    if (market && buys) {
      throw new Refused(Reason.BAD_PARAMETER, "a market buy is in the quote coin: not here");
    }
    return new Wish(
        ownId,
        one,
        buys,
        Numbers.positive(call.field("amount"), "amount"),
        market ? Optional.empty() : Optional.of(Numbers.positive(call.field("price"), "price")),
        lasts(call.field("time_in_force").orElse(market ? "ioc" : "gtc")),
        "",
        false);
  }

  private Wish contract(VenueAccount account, VenueCall call, String ownId) {
    Listed one = GatePublic.listed(book, call.field("contract").orElse(""), true);
    JsonNode size = call.json().path("size");
    if (!size.isIntegralNumber()
        || size.longValue() == 0
        || Math.abs(size.longValue()) > 1_000_000) {
      throw new Refused(Reason.BAD_PARAMETER, "size must be whole contracts");
    }
    boolean market = call.field("price").orElse("0").equals("0");
    boolean reduces = call.json().path("reduce_only").asBoolean(false);
    boolean buys = size.longValue() > 0;
    // in dual mode what reduces is of the other side
    String side = account.hedges() ? (buys != reduces ? "LONG" : "SHORT") : "";
    return new Wish(
        ownId,
        one,
        buys,
        BigDecimal.valueOf(Math.abs(size.longValue())).multiply(one.contractSize()),
        market ? Optional.empty() : Optional.of(Numbers.positive(call.field("price"), "price")),
        lasts(call.field("tif").orElse("gtc")),
        side,
        reduces);
  }

  private static Lasts lasts(String text) {
    return switch (text) {
      case "gtc" -> Lasts.GTC;
      case "ioc" -> Lasts.IOC;
      case "fok" -> Lasts.FOK;
      case "poc" -> Lasts.POST_ONLY;
      default -> throw new Refused(Reason.BAD_PARAMETER, "time in force");
    };
  }

  JsonNode one(VenueAccount account, VenueCall call, boolean contract, String id) {
    return GateWriting.order(found(account, call, contract, id));
  }

  JsonNode cancel(VenueAccount account, VenueCall call, boolean contract, String id) {
    VenueOrder order = found(account, call, contract, id);
    return GateWriting.order(book.cancel(account, order, call.fillsFirst(), call.now()));
  }

  private VenueOrder found(VenueAccount account, VenueCall call, boolean contract, String id) {
    Optional<VenueOrder> order =
        id.startsWith(PREFIX)
            ? book.byOwnId(account, id.substring(PREFIX.length()), call.now())
                .filter(one -> one.state() == State.OPEN)
            : book.byId(account, id, call.now());
    return order
        .filter(one -> one.wish().listed().contract() == contract)
        .orElseThrow(() -> new Refused(Reason.NO_ORDER, "Order not found"));
  }

  ArrayNode list(VenueAccount account, VenueCall call, boolean contract) {
    Listed one = asked(call, contract);
    boolean open = call.parameter("status").orElse("open").equals("open");
    long from = number(call, "from", 0) * 1000;
    ArrayNode list = JsonBody.array();
    List<VenueOrder> all =
        book.visible(account, call.now()).reversed().stream()
            .filter(order -> order.wish().listed().equals(one))
            .filter(order -> (order.state() == State.OPEN) == open)
            .filter(order -> order.createdAt() >= from)
            .toList();
    page(call, contract, all).forEach(order -> list.add(GateWriting.order(order)));
    return list;
  }

  ArrayNode fills(VenueAccount account, VenueCall call, boolean contract) {
    Listed one = asked(call, contract);
    long from = number(call, "from", 0) * 1000;
    ArrayNode list = JsonBody.array();
    page(
            call,
            contract,
            book.trades(account, one, call.now()).stream()
                .filter(trade -> trade.at() >= from)
                .toList())
        .forEach(trade -> list.add(GateWriting.fill(trade)));
    return list;
  }

  private Listed asked(VenueCall call, boolean contract) {
    String name = call.parameter(contract ? "contract" : "currency_pair").orElse("");
    return GatePublic.listed(book, name, contract);
  }

  private static <T> List<T> page(VenueCall call, boolean contract, List<T> all) {
    int limit = (int) Math.min(MOST, number(call, "limit", 100));
    long first = contract ? number(call, "offset", 0) : (number(call, "page", 1) - 1) * limit;
    return all.stream().skip(Math.max(0, first)).limit(limit).toList();
  }

  static long number(VenueCall call, String name, long otherwise) {
    return call.parameter(name)
        .filter(text -> text.matches("\\d{1,12}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }
}
