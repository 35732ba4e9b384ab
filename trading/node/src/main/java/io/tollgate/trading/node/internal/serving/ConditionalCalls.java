package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalOrder;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.node.internal.order.Sites;
import io.tollgate.trading.node.internal.task.NodeRequest;
import io.tollgate.trading.node.internal.task.OrderWish;
import io.tollgate.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes back orders that wait for a price. Done twice, it does no harm. */
final class ConditionalCalls {
  private final GivenTasks tasks;
  private final Sites sites;

  ConditionalCalls(GivenTasks tasks, Sites sites) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.sites = requireNonNull(sites, "sites is null");
  }

  /** {@code POST /api/cancel-conditionals}: ours of a symbol; those of others stay. */
  Response cancel(byte[] body) throws InterruptedException {
    try (NodeRequest request = NodeRequest.read(body, false)) {
      return tasks.answer(
          request,
          task -> {
            Symbol symbol = OrderWish.symbol(List.of(task.fields(), request.fields()));
            return SyncRow.of(
                task.account(),
                cancelled(sites.open(task).conditionals(), symbol),
                (row, ended) -> {
                  row.put("cancelled", ended.ours());
                  row.put("others", ended.others());
                });
          },
          SyncRow::bad);
    }
  }

  /**
   * @param ours client order ids of those that wait no more
   * @param others how many wait that are not ours
   */
  private record Ended(List<String> ours, int others) {}

  private static Outcome<Ended> cancelled(ConditionalOrders orders, Symbol symbol) {
    Outcome<List<ConditionalOrder>> told = orders.waiting(symbol);
    if (!(told instanceof Accepted<List<ConditionalOrder>>(List<ConditionalOrder> waiting))) {
      return told.map(_ -> new Ended(List.of(), 0));
    }
    List<String> ours = new ArrayList<>();
    for (ConditionalOrder order : waiting) {
      Optional<ClientOrderId> id = order.id();
      if (id.isEmpty()) {
        continue;
      }
      Outcome<Done> cancelled = orders.cancel(symbol, id.get());
      // what is not there any more was cancelled, or has become an order meanwhile
      if (!(cancelled instanceof Accepted || cancelled instanceof NotFound)) {
        return cancelled.map(_ -> new Ended(List.of(), 0));
      }
      ours.add(id.get().text());
    }
    return new Accepted<>(new Ended(List.copyOf(ours), waiting.size() - ours.size()));
  }
}
