package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Orders.Trace;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Side;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The exchange: it keeps what it took, and forgets nothing. Longs and shorts are apart. */
final class Venue {
  private static final BigDecimal FEE = new BigDecimal("0.0004");
  private static final Duration SHOWN_LATER = Duration.ofMillis(300);

  private final boolean refusesLate;
  private final List<Taken> orders = new ArrayList<>();
  private final List<Trade> trades = new ArrayList<>();
  private final Map<String, BigDecimal> held = new HashMap<>();
  private long number;

  Venue(boolean refusesLate) {
    this.refusesLate = refusesLate;
  }

  /** An order that it took. */
  static final class Taken {
    final long account;
    final String id;
    final OrderRequest request;
    final Instant at;
    BigDecimal filled = BigDecimal.ZERO;
    OrderStatus status = OrderStatus.OPEN;

    Taken(long account, String id, OrderRequest request, Instant at) {
      this.account = account;
      this.id = id;
      this.request = request;
      this.at = at;
    }

    OrderState state(Instant now) {
      return new OrderState(
          Optional.of(request.id()),
          id,
          request.symbol(),
          request.side(),
          status,
          request.quantity(),
          filled,
          Optional.empty(),
          now);
    }
  }

  /** A trade with the account it is of. */
  record Trade(long account, Fill fill) {}

  /**
   * @param choice how it goes: whole at once, in parts, resting, refused
   */
  Outcome<OrderState> place(
      long account,
      OrderRequest request,
      Instant voidAfter,
      Instant now,
      BigDecimal price,
      int choice) {
    if (refusesLate && now.isAfter(voidAfter)) {
      return new Outcome.SurelyNotDone<>("late");
    }
    boolean open =
        orders.stream()
            .anyMatch(order -> order.request.id().equals(request.id()) && !order.status.ended());
    if (open) {
      return new Outcome.Duplicate<>("the id is of an open order");
    }
    if (reduces(request) && room(account, request).compareTo(request.quantity()) < 0) {
      throw new Violation("a close of " + request.id() + " is larger than what is held");
    }
    if (choice % 16 == 15) {
      return new Outcome.Rejected<>(Rejection.INSUFFICIENT_BALANCE, "too little");
    }
    if (choice % 16 == 14) {
      return new Outcome.SurelyNotDone<>("busy");
    }
    Taken order = new Taken(account, "x" + ++number, request, now);
    orders.add(order);
    switch (choice % 4) {
      case 0, 1 -> fill(order, request.quantity(), price, now);
      case 2 -> fill(order, request.quantity().divide(BigDecimal.TWO), price, now);
      default -> {}
    }
    return new Outcome.Accepted<>(order.state(now));
  }

  /** What rests goes on: filled in part or whole, or cancelled. */
  void market(int which, int choice, BigDecimal price, Instant now) {
    List<Taken> open = orders.stream().filter(order -> !order.status.ended()).toList();
    if (open.isEmpty()) {
      return;
    }
    Taken order = open.get(which % open.size());
    BigDecimal rest = order.request.quantity().subtract(order.filled);
    switch (choice % 4) {
      case 0, 1 -> fill(order, rest, price, now);
      case 2 -> {
        BigDecimal half = rest.divide(BigDecimal.TWO);
        fill(order, half.scale() > 6 ? rest : half, price, now);
      }
      default -> order.status = OrderStatus.CANCELLED;
    }
  }

  private void fill(Taken order, BigDecimal quantity, BigDecimal price, Instant now) {
    order.filled = order.filled.add(quantity);
    order.status =
        order.filled.compareTo(order.request.quantity()) == 0
            ? OrderStatus.FILLED
            : OrderStatus.PARTIAL;
    BigDecimal fee = quantity.multiply(price).multiply(FEE);
    OrderRequest request = order.request;
    trades.add(
        new Trade(
            order.account,
            new Fill(
                "t" + ++number,
                order.id,
                request.symbol(),
                request.side(),
                quantity,
                price,
                fee,
                request.symbol().quote(),
                now)));
    held.merge(
        key(order.account, request),
        reduces(request) ? quantity.negate() : quantity,
        BigDecimal::add);
  }

  /** What could still be closed when all that rests to close it is filled. */
  private BigDecimal room(long account, OrderRequest request) {
    BigDecimal resting =
        orders.stream()
            .filter(order -> order.account == account && !order.status.ended())
            .filter(order -> reduces(order.request))
            .filter(order -> key(account, order.request).equals(key(account, request)))
            .map(order -> order.request.quantity().subtract(order.filled))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return held.getOrDefault(key(account, request), BigDecimal.ZERO).subtract(resting);
  }

  /** Shown a little after it was taken. */
  Outcome<Trace> trace(OrderRequest request, Instant now) {
    return new Outcome.Accepted<>(
        latest(request.id())
            .filter(order -> !now.isBefore(order.at.plus(SHOWN_LATER)))
            .<Trace>map(order -> new Trace.Found(order.state(now)))
            .orElseGet(() -> new Trace.NotSeen(now)));
  }

  Outcome<OrderState> find(ClientOrderId id, Instant now) {
    return latest(id)
        .<Outcome<OrderState>>map(order -> new Outcome.Accepted<>(order.state(now)))
        .orElseGet(() -> new Outcome.NotFound<>("none"));
  }

  List<Fill> fills(long account, String orderId) {
    return trades.stream()
        .filter(trade -> trade.account() == account)
        .map(Trade::fill)
        .filter(fill -> fill.exchangeOrderId().equals(orderId))
        .toList();
  }

  List<Taken> orders() {
    return List.copyOf(orders);
  }

  List<Trade> trades() {
    return List.copyOf(trades);
  }

  BigDecimal held(PositionKey key) {
    return held.getOrDefault(
        key.account() + " " + key.symbol() + " " + key.direction(), BigDecimal.ZERO);
  }

  private Optional<Taken> latest(ClientOrderId id) {
    return orders.stream().filter(order -> order.request.id().equals(id)).reduce((_, b) -> b);
  }

  private static boolean reduces(OrderRequest request) {
    return (request.position() == PositionSide.LONG) == (request.side() == Side.SELL);
  }

  private static String key(long account, OrderRequest request) {
    return account + " " + request.symbol() + " " + request.position();
  }
}
