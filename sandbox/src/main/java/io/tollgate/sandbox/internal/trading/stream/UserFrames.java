package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.Changes.OrderEvent;
import io.tollgate.sandbox.internal.trading.book.FuturesWallet;
import io.tollgate.sandbox.internal.trading.book.Income;
import io.tollgate.sandbox.internal.trading.book.MarginSheet;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.Position;
import io.tollgate.sandbox.internal.trading.book.SpotWallet;
import io.tollgate.sandbox.internal.trading.book.Trade;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Instruments;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.rest.Shown;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events of an account, as the exchange writes them. Confined to the event loop. */
final class UserFrames {
  private static final BigDecimal ZERO = BigDecimal.ZERO;

  private final Floor floor;

  UserFrames(Floor floor) {
    this.floor = floor;
  }

  ObjectNode executionReport(OrderEvent event, long at) {
    Order order = event.order();
    Optional<Trade> trade = event.trade();
    boolean cancelled = event.kind() == OrderEvent.Kind.CANCELED;
    ObjectNode json = JsonBody.object();
    json.put("e", "executionReport");
    json.put("E", at);
    json.put("s", order.symbol());
    json.put("c", cancelled ? "cancel" + order.id() : order.clientId());
    json.put("S", order.side().name());
    json.put("o", order.request().type().text());
    json.put("f", order.request().timeInForce().name());
    json.put("q", Shown.of(order.quantity()));
    json.put("p", Shown.of(order.price()));
    json.put("P", Shown.of(order.request().trigger().orElse(ZERO)));
    json.put("F", Shown.of(ZERO));
    json.put("g", -1);
    json.put("C", cancelled ? order.clientId() : "");
    json.put("x", event.kind().name());
    json.put("X", event.status().name());
    json.put("r", "NONE");
    json.put("i", order.id());
    json.put("l", Shown.of(trade.map(Trade::quantity).orElse(ZERO)));
    json.put("z", Shown.of(event.filled()));
    json.put("L", Shown.of(trade.map(Trade::price).orElse(ZERO)));
    json.put("n", trade.map(Trade::fee).map(Shown::of).orElse("0"));
    trade.ifPresentOrElse(done -> json.put("N", done.feeCoin()), () -> json.putNull("N"));
    json.put("T", at);
    json.put("t", trade.map(Trade::id).orElse(-1L));
    json.put("I", order.id());
    json.put("w", event.status().open());
    json.put("m", trade.map(Trade::maker).orElse(false));
    json.put("M", false);
    json.put("O", order.createdAt());
    json.put("Z", Shown.of(event.turnover()));
    json.put("Y", Shown.of(trade.map(Trade::value).orElse(ZERO)));
    json.put("Q", Shown.of(order.request().payment().orElse(ZERO)));
    json.put("W", order.createdAt());
    json.put("V", "EXPIRE_MAKER");
    return json;
  }

  /** Balances of the coins that some events are about. */
  ObjectNode spotBalances(Changes changes, List<OrderEvent> events) {
    Set<String> coins = new LinkedHashSet<>();
    for (OrderEvent event : events) {
      coins.add(event.order().instrument().base());
      coins.add(event.order().instrument().quote());
    }
    ObjectNode json = JsonBody.object();
    json.put("e", "outboundAccountPosition");
    json.put("E", changes.at());
    json.put("u", changes.at());
    ArrayNode balances = json.putArray("B");
    for (String coin : coins) {
      SpotWallet.Balance balance = changes.account().spot().of(coin);
      balances
          .addObject()
          .put("a", coin)
          .put("f", Shown.of(balance.free()))
          .put("l", Shown.of(balance.locked()));
    }
    return json;
  }

  ObjectNode orderUpdate(OrderEvent event, long at) {
    Order order = event.order();
    Instrument instrument = order.instrument();
    Optional<Trade> trade = event.trade();
    BigDecimal average =
        event.filled().signum() == 0
            ? ZERO
            : event.turnover().divide(event.filled(), MathContext.DECIMAL64);
    ObjectNode json = JsonBody.object();
    json.put("e", "ORDER_TRADE_UPDATE");
    json.put("E", at);
    json.put("T", at);
    ObjectNode told = json.putObject("o");
    told.put("s", order.symbol());
    told.put("c", order.clientId());
    told.put("S", order.side().name());
    told.put("o", order.request().type().name());
    told.put("f", order.request().timeInForce().name());
    told.put("q", Shown.quantity(instrument, order.quantity()));
    told.put("p", Shown.shortest(order.price()));
    told.put("ap", Shown.shortest(average));
    told.put("sp", "0");
    told.put("x", event.kind().name());
    told.put("X", event.status().name());
    told.put("i", order.id());
    told.put("l", Shown.quantity(instrument, trade.map(Trade::quantity).orElse(ZERO)));
    told.put("z", Shown.quantity(instrument, event.filled()));
    told.put("L", Shown.shortest(trade.map(Trade::price).orElse(ZERO)));
    trade.ifPresent(done -> told.put("N", done.feeCoin()));
    trade.ifPresent(done -> told.put("n", Shown.of(done.fee())));
    told.put("T", at);
    told.put("t", trade.map(Trade::id).orElse(0L));
    told.put("b", "0");
    told.put("a", "0");
    told.put("m", trade.map(Trade::maker).orElse(false));
    told.put("R", order.request().reduceOnly());
    told.put("wt", "CONTRACT_PRICE");
    told.put("ot", order.request().type().name());
    told.put("ps", order.request().positionSide().name());
    told.put("cp", false);
    told.put("rp", Shown.of(trade.map(Trade::realized).orElse(ZERO)));
    told.put("pP", false);
    told.put("V", "EXPIRE_MAKER");
    told.put("pm", "NONE");
    told.put("gtd", 0);
    return json;
  }

  ObjectNode algoUpdate(AlgoOrder order, long at) {
    Instrument instrument = order.request().instrument();
    ObjectNode json = JsonBody.object();
    json.put("e", "ALGO_UPDATE");
    json.put("E", at);
    json.put("T", at);
    json.putObject("o")
        .put("caid", order.clientId())
        .put("aid", order.id())
        .put("at", "CONDITIONAL")
        .put("o", order.request().type().name())
        .put("s", instrument.symbol())
        .put("S", order.request().side().name())
        .put("ps", order.request().positionSide().name())
        .put("f", order.request().timeInForce().name())
        .put("q", Shown.quantity(instrument, order.request().quantity().orElse(ZERO)))
        .put("X", order.status().name())
        .put("ai", order.orderId().isPresent() ? Long.toString(order.orderId().getAsLong()) : "")
        .put("tp", Shown.price(instrument, order.trigger()))
        .put("p", Shown.shortest(order.request().price().orElse(ZERO)))
        .put("wt", "CONTRACT_PRICE")
        .put("cp", order.request().closesPosition())
        .put("R", order.request().reduceOnly());
    return json;
  }

  /** Balance and changed positions on futures. */
  ObjectNode accountUpdate(Changes changes) {
    FuturesWallet wallet = changes.account().futures();
    MarginSheet sheet = floor.futures().sheet(changes.account(), changes.at());
    boolean funding =
        !changes.income().isEmpty()
            && changes.income().stream().allMatch(one -> one.type() == Income.Type.FUNDING_FEE);
    ObjectNode json = JsonBody.object();
    json.put("e", "ACCOUNT_UPDATE");
    json.put("E", changes.at());
    json.put("T", changes.at());
    ObjectNode told = json.putObject("a").put("m", funding ? "FUNDING_FEE" : "ORDER");
    told.putArray("B")
        .addObject()
        .put("a", Instruments.QUOTE)
        .put("wb", Shown.of(wallet.balance()))
        .put("cw", Shown.of(wallet.shared()))
        .put("bc", "0");
    ArrayNode positions = told.putArray("P");
    for (Position position : changes.positions()) {
      boolean isolated = sheet.isolated(position);
      positions
          .addObject()
          .put("s", position.symbol())
          .put("pa", Shown.shortest(position.quantity()))
          .put("ep", Shown.shortest(position.entry()))
          .put("bep", Shown.shortest(position.entry()))
          .put("cr", Shown.of(realized(changes, position)))
          .put("up", Shown.of(sheet.unrealized(position)))
          .put("mt", isolated ? "isolated" : "cross")
          .put("iw", Shown.of(position.margin()))
          .put("ps", position.side().name());
    }
    return json;
  }

  private static BigDecimal realized(Changes changes, Position position) {
    return changes.account().trades(Market.FUTURES).stream()
        .filter(trade -> trade.symbol().equals(position.symbol()))
        .filter(trade -> trade.positionSide() == position.side())
        .map(Trade::realized)
        .reduce(ZERO, BigDecimal::add);
  }
}
