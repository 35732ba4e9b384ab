package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.Rejection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Orders of exchanges that tell of a new one no more than its id. */
public final class AcceptedOrder {
  private AcceptedOrder() {}

  /** What is asked before an order is sent: where it is not answered, the order was surely not. */
  public static <T> Outcome<T> before(Outcome<T> asked) {
    return asked instanceof Unknown<T>(String said)
        ? new SurelyNotDone<>("not sent: " + said)
        : asked;
  }

  /** Contracts of an order, where it is in whole steps of them. */
  public static Outcome<BigDecimal> contracts(OrderRequest order, Instrument instrument) {
    return contracts(order.quantity(), instrument);
  }

  /** Contracts of a quantity, where it is in whole steps of them. */
  public static Outcome<BigDecimal> contracts(BigDecimal quantity, Instrument instrument) {
    return quantity.remainder(instrument.step()).signum() == 0
        ? new Accepted<>(instrument.contracts(quantity))
        : new Rejected<>(
            Rejection.BAD_PRECISION,
            "quantity: "
                + quantity.toPlainString()
                + " (expected: a multiple of "
                + instrument.step().toPlainString()
                + ")");
  }

  /** The order as it is shown, or as far as it is known where it is not shown yet. */
  public static OrderState shown(
      OrderRequest order, String id, Instant now, Supplier<Outcome<OrderState>> find) {
    return find.get() instanceof Accepted<OrderState>(OrderState state)
        ? state
        : new OrderState(
            Optional.of(order.id()),
            id,
            order.symbol(),
            order.side(),
            OrderStatus.OPEN,
            order.quantity(),
            BigDecimal.ZERO,
            Optional.empty(),
            now);
  }
}
