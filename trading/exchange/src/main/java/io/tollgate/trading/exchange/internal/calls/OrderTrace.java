package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders.Trace;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks for an order everywhere an exchange could show it. Only when every place was looked at and
 * answered is it not seen: whatever fails on the way leaves it open.
 */
public final class OrderTrace {
  private static final int PAGES = 20;
  private static final int ORDERS = 500;
  private static final int REMEMBERED = 2000;

  /** An exchange's places. */
  public interface Places {
    Outcome<Instant> time();

    Outcome<OrderState> byOwnId(OrderRequest order);

    /** Open ones, and finished ones where the exchange lists them by own id. */
    Outcome<List<OrderState>> lists(OrderRequest order, Instant since);

    Outcome<List<Fill>> fills(OrderRequest order, Optional<String> after, Instant since);

    Outcome<OrderState> byExchangeId(OrderRequest order, String exchangeOrderId);
  }

  private final Places places;
  private final Duration clocksDiffer;

  /** Traded orders that are known not to be the one that is looked for. */
  private final Set<String> others = ConcurrentHashMap.newKeySet();

  /**
   * @param clocksDiffer by how much an order that was taken can be older, by the clock of the
   *     server that took it, than its sending: what exchanges tolerate of signatures' times bounds
   *     it. What is looked for from later on is an order that is listed and not seen, and so sent
   *     twice.
   */
  public OrderTrace(Places places, Duration clocksDiffer) {
    this.places = places;
    this.clocksDiffer = clocksDiffer;
  }

  /** Looks. */
  public Outcome<Trace> look(OrderRequest order, Instant firstSentAt) {
    Instant since = firstSentAt.minus(clocksDiffer);
    return places
        .time()
        .then(
            time -> {
              Outcome<OrderState> own = places.byOwnId(order);
              return own instanceof NotFound<OrderState>
                  ? inLists(order, since, time)
                  : own.then(state -> found(state, order));
            });
  }

  private Outcome<Trace> inLists(OrderRequest order, Instant since, Instant time) {
    return places
        .lists(order, since)
        .then(
            listed -> {
              Optional<OrderState> ours =
                  listed.stream().filter(state -> state.is(order.id())).findFirst();
              return ours.isPresent()
                  ? found(ours.get(), order)
                  : behindTrades(order, since, time, listed);
            });
  }

  private Outcome<Trace> behindTrades(
      OrderRequest order, Instant since, Instant time, List<OrderState> listed) {
    Set<String> unknown = new LinkedHashSet<>();
    Optional<String> last = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      Outcome<List<Fill>> outcome = places.fills(order, last, since);
      if (!(outcome instanceof Accepted<List<Fill>>(List<Fill> fills))) {
        return outcome.map(_ -> new Trace.NotSeen(time));
      }
      fills.stream()
          .filter(fill -> couldBe(fill, order))
          .forEach(fill -> unknown.add(fill.exchangeOrderId()));
      if (fills.isEmpty()) {
        listed.forEach(state -> unknown.remove(state.exchangeOrderId()));
        return behindOrders(order, unknown, time);
      }
      last = Optional.of(fills.getLast().tradeId());
    }
    return new Unknown<>("more trades since then than are looked through");
  }

  private static boolean couldBe(Fill fill, OrderRequest order) {
    return fill.side() == order.side() && fill.quantity().compareTo(order.quantity()) <= 0;
  }

  private Outcome<Trace> behindOrders(OrderRequest order, Set<String> traded, Instant time) {
    if (traded.size() > ORDERS) {
      return new Unknown<>("more traded orders since then than are looked through");
    }
    for (String id : traded) {
      if (others.contains(order.id() + " " + id)) {
        continue;
      }
      Outcome<OrderState> outcome = places.byExchangeId(order, id);
      if (!(outcome instanceof Accepted<OrderState>(OrderState state))) {
        // there is a trade of it: that it is not found is no absence
        return outcome instanceof NotFound<OrderState>
            ? new Unknown<>("an order that traded is not shown")
            : outcome.map(_ -> new Trace.NotSeen(time));
      }
      if (state.is(order.id())) {
        return found(state, order);
      }
      // an order's own id never changes: it is not asked for again
      if (others.size() >= REMEMBERED) {
        others.clear();
      }
      others.add(order.id() + " " + id);
    }
    return new Accepted<>(new Trace.NotSeen(time));
  }

  private static Outcome<Trace> found(OrderState state, OrderRequest order) {
    return state.is(order.id())
        ? new Accepted<>(new Trace.Found(state))
        : new Unknown<>("another order was answered than was asked for");
  }
}
