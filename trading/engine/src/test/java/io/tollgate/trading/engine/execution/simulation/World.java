package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.OrderLife;
import io.tollgate.trading.engine.execution.Sent;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.placing.PlacementResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Everything at one moment: books, exchange, processes, and what is in the air. */
final class World {
  static final int ACCOUNTS = 2;
  static final List<Symbol> SYMBOLS =
      List.of(Symbol.of("BTC/USDT"), Symbol.of("ETH/USDT"), Symbol.of("SOL/USDT"));
  static final Duration WINDOW = Duration.ofSeconds(5);

  /** Longer than it takes to prove an order absent. */
  static final Duration LEASE = Duration.ofSeconds(45);

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(8);

  private final Set<Rule> rules;
  private OrderBooks rulebook = new OrderBooks(LEASE, CLOSE_WITHIN);
  private final Venue venue;
  private final Map<Symbol, BigDecimal> prices = new HashMap<>();
  private final Map<TaskId, Integer> acceptances = new HashMap<>();
  private final Map<String, BigDecimal> rewarded = new HashMap<>();
  private final Set<String> denied = new HashSet<>();
  private Books committed = new Books();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private boolean blurred;
  private boolean blurredDone;
  private int chosen;

  final List<Signal> signals = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();
  final List<Worker> workers = List.of(new Worker(this, "one"), new Worker(this, "two"));
  final List<Said> said = new ArrayList<>();

  /** What a piece of work found. */
  record Said(TaskId task, long epoch, PlacementResult result) {}

  World(Set<Rule> rules) {
    this.rules = rules;
    this.venue = new Venue(rules.contains(Rule.VOID_AFTER));
    SYMBOLS.forEach(symbol -> prices.put(symbol, BigDecimal.valueOf(1000)));
  }

  Set<Rule> rules() {
    return rules;
  }

  OrderBooks rulebook() {
    return rulebook;
  }

  void claimFor(Duration lease) {
    rulebook = new OrderBooks(lease, CLOSE_WITHIN);
  }

  Venue venue() {
    return venue;
  }

  Books committed() {
    return committed;
  }

  Instant now() {
    return now;
  }

  /** Where nobody takes over, no claim ever ends. */
  Instant claimTime() {
    return rules.contains(Rule.TAKEN_OVER) ? now : Instant.EPOCH;
  }

  BigDecimal price(Symbol symbol) {
    return prices.getOrDefault(symbol, BigDecimal.ONE);
  }

  void move(Symbol symbol, BigDecimal by) {
    prices.merge(symbol, by, (price, more) -> price.add(more).max(BigDecimal.TEN));
  }

  void tick(Duration length) {
    now = now.plus(length);
  }

  /** Something that differs from time to time, and is the same in the same history. */
  int choice() {
    return chosen++;
  }

  void choose(int next) {
    chosen = next;
  }

  void blurNextCommit(boolean done) {
    blurred = true;
    blurredDone = done;
  }

  boolean write(Consumer<ModelTables> body, long account) {
    Books copy = committed.copy();
    body.accept(new ModelTables(copy, account, rules, copy));
    if (blurred) {
      blurred = false;
      committed = blurredDone ? copy : committed;
      return false;
    }
    committed = copy;
    Checks.always(this);
    return true;
  }

  TradedOrder order(TaskId task) {
    TradedOrder order = committed.orders.get(task);
    if (order == null) {
      throw new Violation(task + " is not in the books");
    }
    return order;
  }

  void sending(ModelTables tables, TaskId task, long epoch, Sent sent) {
    boolean checked = rules.contains(Rule.EPOCH_CHECKED);
    rulebook.sending(tables, task, checked ? epoch : current(tables, task), sent);
  }

  void placed(ModelTables tables, TaskId task, long epoch, PlacementResult result) {
    boolean checked = rules.contains(Rule.END_BY_HOLDER);
    var _ = rulebook.placed(tables, task, checked ? epoch : current(tables, task), result);
  }

  void seen(ModelTables tables, TaskId task, OrderState state) {
    if (rules.contains(Rule.NEVER_BACK)) {
      var _ = rulebook.seen(tables, task, state);
      return;
    }
    TradedOrder order = tables.order(task).orElseThrow();
    OrderLife life = order.life();
    OrderLife naive =
        new OrderLife(
            BookedStatus.SUBMITTED,
            life.quantity(),
            life.claim(),
            life.sent(),
            life.exchangeOrderId(),
            life.filled(),
            life.booked(),
            life.fault());
    tables.save(new TradedOrder(order.terms(), naive.seen(state), order.createdAt()));
  }

  private static long current(ModelTables tables, TaskId task) {
    return tables.order(task).orElseThrow().life().claim().epoch();
  }

  /** What the exchange made of an order; that it took it twice is the worst that there is. */
  Outcome<OrderState> accepted(TradedOrder order, Outcome<OrderState> outcome) {
    TaskId task = order.terms().task();
    if (outcome instanceof Outcome.Accepted<OrderState>) {
      if (acceptances.merge(task, 1, Integer::sum) > 1) {
        throw new Violation(task + " was accepted twice");
      }
      if (now.isAfter(order.terms().sendBefore().plus(WINDOW))) {
        throw new Violation(task + " was accepted too late");
      }
    }
    return outcome;
  }

  void send(Call call) {
    calls.add(call);
  }

  void said(TaskId task, long epoch, PlacementResult result) {
    said.add(new Said(task, epoch, result));
  }

  void denied(Signal signal, int account) {
    denied.add(signal.id() + " " + account);
  }

  boolean wasDenied(Signal signal, int account) {
    return denied.contains(signal.id() + " " + account);
  }

  /** Whoever shares profits hears of a close; of one that it knows nothing is charged again. */
  void told(String position) {
    HeldPosition closed = committed.positions.get(position);
    if (closed == null || closed.closed().isEmpty()) {
      throw new Violation(position + " is told and not closed");
    }
    BigDecimal before = rewarded.putIfAbsent(position, closed.profit());
    if (before != null && before.compareTo(closed.profit()) != 0) {
      throw new Violation(position + " is told with " + closed.profit() + " after " + before);
    }
  }

  Map<String, BigDecimal> rewarded() {
    return rewarded;
  }
}
