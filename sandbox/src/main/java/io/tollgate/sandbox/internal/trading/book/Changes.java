package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one step did to an account: told to the journal first, then to its streams. */
public final class Changes {
  /** Something that happened to an order, and how the order was then; with a trade if filled. */
  public record OrderEvent(
      Order order,
      Kind kind,
      OrderStatus status,
      BigDecimal filled,
      BigDecimal turnover,
      Optional<Trade> trade) {
    /** What happened, by the exchange's names. */
    public enum Kind {
      NEW,
      TRADE,
      CANCELED,
      EXPIRED
    }
  }

  private final TradingAccount account;
  private final long at;
  private final List<OrderEvent> events = new ArrayList<>();
  private final Map<Long, Order> orders = new LinkedHashMap<>();
  private final Map<Long, AlgoOrder> algos = new LinkedHashMap<>();
  private final List<Income> income = new ArrayList<>();
  private final Set<Position> positions = new LinkedHashSet<>();
  private boolean wallets;

  public Changes(TradingAccount account, long at) {
    this.account = account;
    this.at = at;
  }

  void event(Order order, OrderEvent.Kind kind, Optional<Trade> trade) {
    events.add(
        new OrderEvent(order, kind, order.status(), order.filled(), order.turnover(), trade));
    orders.put(order.id(), order);
    wallets = true;
  }

  void algo(AlgoOrder order) {
    algos.put(order.id(), order);
  }

  void income(Income one) {
    income.add(one);
    wallets = true;
  }

  void position(Position position) {
    positions.add(position);
    wallets = true;
  }

  /** A change of balances or terms without an order. */
  public void wallets() {
    wallets = true;
  }

  public TradingAccount account() {
    return account;
  }

  public long at() {
    return at;
  }

  public List<OrderEvent> events() {
    return List.copyOf(events);
  }

  public List<Order> orders() {
    return List.copyOf(orders.values());
  }

  public List<AlgoOrder> algos() {
    return List.copyOf(algos.values());
  }

  public List<Trade> trades() {
    return events.stream().flatMap(event -> event.trade().stream()).toList();
  }

  public List<Income> income() {
    return List.copyOf(income);
  }

  public Set<Position> positions() {
    return Set.copyOf(positions);
  }

  public boolean isEmpty() {
    return !wallets && algos.isEmpty();
  }
}
