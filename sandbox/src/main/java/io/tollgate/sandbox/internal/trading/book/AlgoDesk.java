package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;

/** Orders that wait for a price: stops and targets on futures. Confined to the event loop. */
public final class AlgoDesk {
  private final Venue venue;
  private final FuturesDesk desk;

  public AlgoDesk(Venue venue, FuturesDesk desk) {
    this.venue = venue;
    this.desk = desk;
  }

  /**
   * Takes one on.
   *
   * @throws Refusal when it breaks a rule, or its price is reached already
   */
  public AlgoOrder place(OrderRequest request, Changes changes) {
    TradingAccount account = changes.account();
    Instrument instrument = request.instrument();
    FuturesDesk.demandSide(account, request);
    BigDecimal trigger = request.trigger().orElseThrow(() -> Refusal.missing("triggerPrice"));
    Filters.price(instrument, trigger);
    request.price().ifPresent(price -> Filters.price(instrument, price));
    if (!request.closesPosition()) {
      BigDecimal quantity = request.quantity().orElseThrow(() -> Refusal.missing("quantity"));
      Filters.futuresQuantity(instrument, quantity, !request.type().limited());
    }
    if (request.clientId().flatMap(account::algo).filter(AlgoOrder::open).isPresent()) {
      throw new Refusal(-4116, "ClientOrderId is duplicated.");
    }
    if (account.openAlgos().size() >= TradingAccount.MOST_ALGOS) {
      throw new Refusal(-4045, "Reach max stop order limit.");
    }
    long number = venue.numbering().next();
    AlgoOrder order =
        new AlgoOrder(number, request, venue.clientId(request.clientId(), number), changes.at());
    if (order.triggeredAt(venue.mark(instrument.symbol(), changes.at()))) {
      throw new Refusal(-2021, "Order would immediately trigger.");
    }
    account.remember(order);
    changes.algo(order);
    return order;
  }

  /** Takes an open one back. */
  public void cancel(AlgoOrder order, Changes changes) {
    become(order, AlgoOrder.Status.CANCELED, OptionalLong.empty(), changes);
  }

  /** Turns those into orders whose price is reached. */
  void trigger(Changes changes) {
    for (AlgoOrder order : changes.account().openAlgos().values().toArray(AlgoOrder[]::new)) {
      BigDecimal mark = venue.mark(order.request().instrument().symbol(), changes.at());
      if (order.open() && order.triggeredAt(mark)) {
        trigger(order, changes);
      }
    }
  }

  private void trigger(AlgoOrder algo, Changes changes) {
    OrderRequest asked = algo.request();
    BigDecimal quantity = asked.quantity().orElse(BigDecimal.ZERO);
    if (asked.closesPosition()) {
      quantity = FuturesDesk.reducible(changes.account(), asked);
      if (quantity.signum() == 0) {
        become(algo, AlgoOrder.Status.EXPIRED, OptionalLong.empty(), changes);
        return;
      }
    }
    boolean limited = asked.type().limited();
    OrderRequest request =
        new OrderRequest(
            asked.instrument(),
            asked.side(),
            asked.positionSide(),
            limited ? OrderType.LIMIT : OrderType.MARKET,
            asked.timeInForce(),
            Optional.of(quantity),
            Optional.empty(),
            limited ? asked.price() : Optional.empty(),
            Optional.of(algo.clientId()),
            asked.reduceOnly()
                || asked.closesPosition() && asked.positionSide() == PositionSide.BOTH,
            Optional.empty(),
            false);
    try {
      Order order = desk.place(request, PartialFill.NONE, changes);
      become(algo, AlgoOrder.Status.FINISHED, OptionalLong.of(order.id()), changes);
    } catch (Refusal refused) {
      become(algo, AlgoOrder.Status.REJECTED, OptionalLong.empty(), changes);
    }
  }

  private static void become(
      AlgoOrder order, AlgoOrder.Status status, OptionalLong became, Changes changes) {
    order.become(status, became, changes.at());
    changes.account().remember(order);
    changes.algo(order);
  }
}
