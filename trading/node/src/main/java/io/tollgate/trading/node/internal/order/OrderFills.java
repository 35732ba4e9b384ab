package io.tollgate.trading.node.internal.order;

import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.placing.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trades of an order. Exchanges tell of them a little later than of the order; they are asked
 * for a few times, and what is missing then comes with the next sync.
 */
final class OrderFills {
  private static final int LOOKS = 4;
  private static final int PAGES = 4;
  private static final Duration BETWEEN = Duration.ofMillis(150);

  private OrderFills() {}

  /**
   * As far as they are told.
   *
   * @param since by the exchange's clock, not after the order was sent
   */
  static List<Fill> of(Orders orders, OrderState order, Instant since, Pace pace) {
    List<Fill> found = List.of();
    for (int look = 1; order.filled().signum() > 0; look++) {
      Outcome<List<Fill>> told = told(orders, order, since);
      if (told instanceof Accepted<List<Fill>>(List<Fill> fills)) {
        found = fills;
      }
      boolean whole = sum(found).compareTo(order.filled()) >= 0;
      boolean mayCome = told instanceof Accepted || told instanceof Outcome.Unknown;
      if (whole || !mayCome || look == LOOKS) {
        break;
      }
      try {
        pace.pause(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return found;
  }

  private static Outcome<List<Fill>> told(Orders orders, OrderState order, Instant since) {
    List<Fill> own = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (int page = 0; page < PAGES; page++) {
      Outcome<List<Fill>> next = orders.fills(order.symbol(), last, since);
      if (!(next instanceof Accepted<List<Fill>>(List<Fill> fills))) {
        return next;
      }
      fills.stream()
          .filter(fill -> fill.exchangeOrderId().equals(order.exchangeOrderId()))
          .forEach(own::add);
      if (fills.isEmpty() || sum(own).compareTo(order.filled()) >= 0) {
        break;
      }
      last = Optional.of(fills.getLast().tradeId());
    }
    return new Accepted<>(List.copyOf(own));
  }

  private static BigDecimal sum(List<Fill> fills) {
    return fills.stream().map(Fill::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
