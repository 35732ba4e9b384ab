package io.tollgate.trading.exchange.once;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Orders of a process that dies with its so-manyth call, before it is sent or once it came back.
 */
final class DyingOrders implements Orders {
  /** That it is dead: nothing of what it knew is left, but what it wrote down. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Died() {
      super("the process died", null, false, false);
    }
  }

  private final Orders orders;
  private final boolean before;
  private int callsLeft;

  DyingOrders(Orders orders, int callsLeft, boolean before) {
    this.orders = orders;
    this.callsLeft = callsLeft;
    this.before = before;
  }

  private <T> T call(Supplier<T> work) {
    callsLeft--;
    if (callsLeft == 0 && before) {
      throw new Died();
    }
    T result = work.get();
    if (callsLeft == 0) {
      throw new Died();
    }
    return result;
  }

  @Override
  public Duration window() {
    return orders.window();
  }

  @Override
  public Instant exchangeTime() {
    return orders.exchangeTime();
  }

  @Override
  public Outcome<Instant> askTime() {
    return call(orders::askTime);
  }

  @Override
  public Outcome<OrderState> place(OrderRequest order, Instant voidAfter) {
    return call(() -> orders.place(order, voidAfter));
  }

  @Override
  public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
    return call(() -> orders.find(symbol, id));
  }

  @Override
  public Outcome<Trace> trace(OrderRequest order, Instant since) {
    return call(() -> orders.trace(order, since));
  }

  @Override
  public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
    return call(() -> orders.cancel(symbol, id));
  }

  @Override
  public Outcome<List<OrderState>> open(Symbol symbol) {
    return call(() -> orders.open(symbol));
  }

  @Override
  public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
    return call(() -> orders.fills(symbol, after, since));
  }
}
