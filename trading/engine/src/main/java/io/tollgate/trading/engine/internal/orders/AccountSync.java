package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.Reconciliation;
import io.tollgate.trading.engine.execution.Reconciliation.Finding;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares an account's books with its exchange: funds, open orders, positions. What is missing
 * comes into the books; what cannot be explained is listed, and nothing is entered in its pair
 * until it is explained. Closes nothing, and cancels nothing.
 */
final class AccountSync {
  private static final String USDT = "USDT";

  private final StoredBooks stored;
  private final OrderBooks books;
  private final AccountDoor door;

  AccountSync(StoredBooks stored, OrderBooks books, AccountDoor door) {
    this.stored = requireNonNull(stored, "stored is null");
    this.books = requireNonNull(books, "books is null");
    this.door = requireNonNull(door, "door is null");
  }

  /** The books when the exchange was asked. */
  private record Before(long version, List<HeldPosition> held, List<TradedOrder> unsettled) {}

  /**
   * Compares once.
   *
   * @return whether the exchange answered
   */
  boolean sync(long id) {
    BookedAccount account = stored.account(id);
    Before before =
        stored.change(
            id, tables -> new Before(tables.version(), tables.held(), tables.unsettled()));
    try (TradingAccount trading = door.open(account)) {
      if (!(trading.balances() instanceof Accepted<List<Balance>>(List<Balance> balances))) {
        return false;
      }
      boolean future = account.market() == MarketType.FUTURE;
      Outcome<List<Position>> positions = future ? trading.positions() : new Accepted<>(List.of());
      if (!(positions instanceof Accepted<List<Position>>(List<Position> shown))) {
        return false;
      }
      List<Finding> findings = new ArrayList<>();
      for (var each : bySymbol(before.unsettled()).entrySet()) {
        if (trading.orders().open(each.getValue().getFirst().terms().position().symbol())
            instanceof Accepted<List<OrderState>>(List<OrderState> open)) {
          findings.addAll(Reconciliation.orders(each.getValue(), open));
        }
      }
      boolean _ =
          stored.change(
              id,
              tables -> {
                tables.funds(funds(balances));
                findings.forEach(finding -> apply(tables, finding));
                if (future && tables.version() == before.version()) {
                  positions(
                      tables,
                      Reconciliation.positions(id, before.held(), before.unsettled(), shown));
                }
                return true;
              });
      return true;
    }
  }

  private static TreeMap<String, List<TradedOrder>> bySymbol(List<TradedOrder> orders) {
    TreeMap<String, List<TradedOrder>> bySymbol = new TreeMap<>();
    for (TradedOrder order : orders) {
      Symbol symbol = order.terms().position().symbol();
      bySymbol.computeIfAbsent(symbol.toString(), _ -> new ArrayList<>()).add(order);
    }
    return bySymbol;
  }

  private void apply(StoredTables tables, Finding finding) {
    switch (finding) {
      case Finding.Shown(var task, OrderState state) -> {
        var _ = books.seen(tables, task, state);
      }
      // whoever follows the order asks for it by itself
      case Finding.Missing _ -> {}
      case Finding.Stray(OrderState order) ->
          tables.unexplained(
              StoredTables.Difference.ORDER,
              order.symbol(),
              "order " + order.exchangeOrderId() + " goes by an id of ours (expected: a task)");
      case Finding.Differs _ -> {}
    }
  }

  private static void positions(StoredTables tables, List<Finding> findings) {
    Set<String> open = new HashSet<>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.Differs(var key, BigDecimal booked, BigDecimal shown)) {
        String sentence =
            key.direction()
                + " of "
                + key.symbol()
                + " is "
                + shown.toPlainString()
                + " (expected: "
                + booked.toPlainString()
                + ", as the books say)";
        open.add(sentence);
        tables.unexplained(StoredTables.Difference.POSITION, key.symbol(), sentence);
      }
    }
    tables.explained(open);
  }

  private static StoredTables.Funds funds(List<Balance> balances) {
    return balances.stream()
        .filter(balance -> balance.currency().equals(USDT))
        .findAny()
        .map(usdt -> new StoredTables.Funds(usdt.total(), usdt.available(), usdt.unrealized()))
        .orElseGet(() -> new StoredTables.Funds(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
  }
}
