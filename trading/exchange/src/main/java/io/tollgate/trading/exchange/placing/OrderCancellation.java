package io.tollgate.trading.exchange.placing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Banned;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.RateLimited;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.placing.CancelResult.Ended;
import io.tollgate.trading.exchange.placing.CancelResult.NotThere;
import io.tollgate.trading.exchange.placing.CancelResult.Unconfirmed;
import java.time.Duration;

/**
 * Cancels orders until it is known how they ended: an error while cancelling says nothing of the
 * order, which may have been filled meanwhile. Cancelling twice does no harm. Blocking, for virtual
 * threads; safe for use by many.
 */
public final class OrderCancellation {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** Times that an order has to be shown nowhere, with waits between, to be taken for not there. */
  private static final int LOOKS = 3;

  private final Orders orders;
  private final Duration knowWithin;
  private final Pace pace;

  public OrderCancellation(Orders orders, Duration knowWithin, Pace pace) {
    this.orders = requireNonNull(orders, "orders is null");
    this.knowWithin = requireNonNull(knowWithin, "knowWithin is null");
    this.pace = requireNonNull(pace, "pace is null");
  }

  /** Cancels an order that the exchange had. */
  public CancelResult cancel(Symbol symbol, ClientOrderId id) {
    Duration end = pace.elapsed().plus(knowWithin);
    Duration wait = FIRST_WAIT;
    int unseen = 0;
    while (true) {
      Outcome<OrderState> cancelled = orders.cancel(symbol, id);
      Outcome<OrderState> shown = ended(cancelled) ? cancelled : orders.find(symbol, id);
      if (shown instanceof Accepted<OrderState>(OrderState order) && order.status().ended()) {
        return new Ended(order);
      }
      unseen = shown instanceof NotFound<OrderState> ? unseen + 1 : 0;
      if (unseen >= LOOKS) {
        return new NotThere(said(shown));
      }
      Duration pause = longer(wait, asked(cancelled), asked(shown));
      if (pace.elapsed().plus(pause).compareTo(end) > 0) {
        return new Unconfirmed(said(shown));
      }
      try {
        pace.pause(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Unconfirmed("interrupted");
      }
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private static boolean ended(Outcome<OrderState> outcome) {
    return outcome instanceof Accepted<OrderState>(OrderState order) && order.status().ended();
  }

  private static Duration asked(Outcome<OrderState> outcome) {
    return outcome instanceof RateLimited<OrderState>(Duration after, _)
        ? after
        : outcome instanceof Banned<OrderState>(Duration after, _) ? after : Duration.ZERO;
  }

  private static Duration longer(Duration one, Duration other, Duration third) {
    Duration longest = one.compareTo(other) >= 0 ? one : other;
    return longest.compareTo(third) >= 0 ? longest : third;
  }

  private static String said(Outcome<OrderState> outcome) {
    return outcome instanceof Accepted<OrderState>(OrderState order)
        ? "still " + order.status()
        : outcome.toString();
  }
}
