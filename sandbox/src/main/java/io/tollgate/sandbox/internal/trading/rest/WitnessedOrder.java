package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.AlgoOrder;
import io.tollgate.sandbox.internal.trading.book.Order;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What became of an order that the witness saw; rejected where there is none. */
record WitnessedOrder(BigDecimal filled, String status) {

  static WitnessedOrder of(Floor floor, Attempt attempt) {
    Optional<TradingAccount> account = floor.account(attempt.apiKey());
    if (account.isEmpty() || attempt.orderId().isEmpty()) {
      return new WitnessedOrder(
          BigDecimal.ZERO, attempt.outcome() == Attempt.Outcome.LOST ? "LOST" : "REJECTED");
    }
    long id = attempt.orderId().getAsLong();
    for (Market market : Market.values()) {
      Optional<Order> order = account.get().orders(market).find(id);
      if (order.isPresent()) {
        return new WitnessedOrder(order.get().filled(), order.get().status().name());
      }
    }
    String status =
        account
            .get()
            .algo(attempt.clientId())
            .map(AlgoOrder::status)
            .map(Enum::name)
            .orElse("FORGOTTEN");
    return new WitnessedOrder(BigDecimal.ZERO, status);
  }

  void write(ObjectNode json) {
    json.put("filled_qty", Shown.shortest(filled));
    json.put("status", status);
  }
}
