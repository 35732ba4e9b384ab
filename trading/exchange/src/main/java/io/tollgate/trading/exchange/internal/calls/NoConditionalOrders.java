package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalOrder;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.ConditionalRequest;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Symbol;
import java.util.List;

/** Where no order waits for a price. */
public final class NoConditionalOrders implements ConditionalOrders {
  private static <T> Outcome<T> none() {
    return new Rejected<>(Rejection.REJECTED, "no order waits for a price here");
  }

  @Override
  public Outcome<ConditionalOrder> place(ConditionalRequest order) {
    return none();
  }

  @Override
  public Outcome<ConditionalOrder> find(Symbol symbol, ClientOrderId id) {
    return none();
  }

  @Override
  public Outcome<Done> cancel(Symbol symbol, ClientOrderId id) {
    return none();
  }

  @Override
  public Outcome<List<ConditionalOrder>> waiting(Symbol symbol) {
    return none();
  }
}
