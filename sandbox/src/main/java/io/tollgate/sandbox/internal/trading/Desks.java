package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Changes;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.OrderRequest;
import io.tollgate.sandbox.internal.trading.book.PartialFill;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.SymbolTerms;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** What accounts ask for, with its line in the journal. Confined to the event loop. */
public final class Desks {
  private final Floor floor;
  private final RestFills rests = new RestFills();

  Desks(Floor floor) {
    this.floor = floor;
  }

  private Changes changes(TradingAccount account) {
    floor.settle(account);
    return new Changes(account, account.settledTo());
  }

  /**
   * Places an order.
   *
   * @param steering how a fault steers the order
   * @param attempt the try, once the order has its number
   * @throws Refusal when it breaks a rule; the caller writes that down
   */
  public Order place(
      TradingAccount account,
      OrderRequest request,
      PartialFill partial,
      UnaryOperator<Order.Steering> steering,
      LongFunction<Attempt> attempt) {
    Changes changes = changes(account);
    Order order = floor.desk(request.instrument().market()).place(request, partial, changes);
    order.steer(steering.apply(order.steering()));
    floor.committed(attempt.apply(order.id()), changes);
    rests.remember(account, order);
    return order;
  }

  /** Places an order that waits for a price. */
  public AlgoOrder placeAlgo(
      TradingAccount account, OrderRequest request, LongFunction<Attempt> attempt) {
    Changes changes = changes(account);
    AlgoOrder order = floor.algoDesk().place(request, changes);
    floor.committed(attempt.apply(order.id()), changes);
    return order;
  }

  /**
   * Takes an open order back.
   *
   * @param late whether it fills instead
   * @throws Refusal when it is not open, or was filled
   */
  public void cancel(TradingAccount account, Order order, boolean late) {
    Changes changes = changes(account);
    if (!order.open()) {
      throw unknown();
    }
    boolean fills = late || order.steering().fillsWhenCancelled();
    Market market = order.instrument().market();
    if (fills) {
      floor.desk(market).fillRest(order, changes);
    } else {
      floor.desk(market).cancel(order, changes);
    }
    floor.committed(changes);
    if (fills) {
      throw unknown();
    }
  }

  private static Refusal unknown() {
    return new Refusal(-2011, "Unknown order sent.");
  }

  /** Takes all open orders of a symbol back. */
  public List<Order> cancelAll(TradingAccount account, Market market, String symbol) {
    Changes changes = changes(account);
    List<Order> open =
        account.orders(market).open().stream()
            .filter(order -> order.symbol().equals(symbol))
            .toList();
    open.forEach(order -> floor.desk(market).cancel(order, changes));
    if (!open.isEmpty()) {
      floor.committed(changes);
    }
    return open;
  }

  public void cancelAlgo(TradingAccount account, AlgoOrder order) {
    Changes changes = changes(account);
    if (!order.open()) {
      throw unknown();
    }
    floor.algoDesk().cancel(order, changes);
    floor.committed(changes);
  }

  /** Knows again what a process that was killed was to fill. */
  void restored(TradingAccount account) {
    for (Market market : Market.values()) {
      account.orders(market).open().forEach(order -> rests.remember(account, order));
    }
  }

  /** Fills the rests of orders whose time has come. */
  void fillRests() {
    long real = floor.clock().realMillis();
    for (Optional<RestFills.Due> due = rests.next(real); due.isPresent(); due = rests.next(real)) {
      fillRest(due.get().account(), due.get().order());
    }
  }

  /** Fills what is left of an order that a fault had filled in part, if it is still open. */
  private void fillRest(TradingAccount account, Order order) {
    Changes changes = changes(account);
    if (order.open()) {
      floor.desk(order.instrument().market()).fillRest(order, changes);
      floor.committed(changes);
    }
  }

  /** Changes leverage or margin mode of a symbol. */
  public SymbolTerms setTerms(
      TradingAccount account, String symbol, UnaryOperator<SymbolTerms> change) {
    Changes changes = changes(account);
    SymbolTerms terms = change.apply(account.futures().terms(symbol));
    floor.futures().setTerms(symbol, terms, changes);
    floor.committed(changes);
    return terms;
  }

  /** Changes between one-way and hedge mode. */
  public void hedge(TradingAccount account, boolean hedged) {
    Changes changes = changes(account);
    floor.futures().hedge(hedged, changes);
    floor.committed(changes);
  }
}
