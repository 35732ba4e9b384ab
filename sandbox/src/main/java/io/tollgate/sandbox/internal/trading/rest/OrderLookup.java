package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.Orders;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Market;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Finds what a caller names. Confined to the event loop. */
final class OrderLookup {
  private static final int NOT_FOUND = -2013;

  private final Floor floor;

  OrderLookup(Floor floor) {
    this.floor = floor;
  }

  /** Whether a query may see an order: a fault may hide it for a while. */
  boolean visible(Order order) {
    return order.steering().hiddenUntil() <= floor.clock().realMillis()
        && Orders.remembered(order, floor.now());
  }

  /** The order that a query names. */
  Order demand(Call call, Market market) {
    return find(call, market)
        .filter(this::visible)
        .orElseThrow(() -> new Refusal(NOT_FOUND, "Order does not exist."));
  }

  /** The order that a cancel names; it must be open. */
  Order demandOpen(Call call, Market market) {
    return find(call, market)
        .filter(Order::open)
        .filter(this::visible)
        .orElseThrow(() -> new Refusal(-2011, "Unknown order sent."));
  }

  private Optional<Order> find(Call call, Market market) {
    Instrument instrument = OrderReading.instrument(floor.instruments(), market, call.params());
    Orders orders = call.account().orders(market);
    OptionalLong id = call.params().whole("orderId");
    Optional<String> own = call.params().text("origClientOrderId");
    if (id.isEmpty() && own.isEmpty()) {
      throw new Refusal(
          -1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
    }
    Optional<Order> found =
        id.isPresent() ? orders.find(id.getAsLong()) : orders.find(own.orElse(""));
    return found.filter(order -> order.symbol().equals(instrument.symbol()));
  }

  Optional<AlgoOrder> algo(Call call) {
    TradingAccount account = call.account();
    OptionalLong id = call.params().whole("algoId");
    if (id.isPresent()) {
      return Stream.concat(account.openAlgos().values().stream(), account.endedAlgos().stream())
          .filter(order -> order.id() == id.getAsLong())
          .findFirst();
    }
    return account.algo(
        call.params().text("clientAlgoId").orElseThrow(() -> Refusal.missing("algoId")));
  }

  /** All orders of the symbol that the parameters name, by their range, oldest first. */
  List<Order> all(Call call, Market market) {
    Params params = call.params();
    Instrument instrument = OrderReading.instrument(floor.instruments(), market, params);
    int limit = params.limit(500, 1000);
    long fromId = params.whole("orderId").orElse(0);
    List<Order> found =
        call.account()
            .orders(market)
            .all()
            .filter(order -> order.symbol().equals(instrument.symbol()))
            .filter(order -> order.id() >= fromId && within(params, order.createdAt()))
            .filter(this::visible)
            .sorted(Comparator.comparingLong(Order::id))
            .toList();
    return page(found, limit, fromId > 0 || params.whole("startTime").isPresent());
  }

  /** The first of a list, or its last. */
  static <T> List<T> page(List<T> all, int limit, boolean first) {
    return first
        ? all.subList(0, Math.min(limit, all.size()))
        : all.subList(Math.max(0, all.size() - limit), all.size());
  }

  /** Whether a time is in the range that the parameters give. */
  static boolean within(Params params, long time) {
    return time >= params.whole("startTime").orElse(0)
        && time <= params.whole("endTime").orElse(Long.MAX_VALUE);
  }
}
