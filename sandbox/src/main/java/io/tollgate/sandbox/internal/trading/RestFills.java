package io.tollgate.sandbox.internal.trading;

import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Orders that a fault had filled in part, and that are to be filled whole at a real time. */
final class RestFills {
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(
          Comparator.comparingLong((Due one) -> one.order().steering().restFillsAt()));

  /** An order and whose it is. */
  record Due(TradingAccount account, Order order) {}

  /** Remembers an order, where it is one of those. */
  void remember(TradingAccount account, Order order) {
    if (order.open() && order.steering().restFillsAt() > 0) {
      due.add(new Due(account, order));
    }
  }

  /** The next whose time has come, which is forgotten. */
  Optional<Due> next(long real) {
    return Optional.ofNullable(due.peek())
        .filter(one -> one.order().steering().restFillsAt() <= real)
        .map(one -> due.poll());
  }
}
