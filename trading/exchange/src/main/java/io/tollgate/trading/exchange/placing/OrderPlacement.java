package io.tollgate.trading.exchange.placing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementStep.AskTime;
import io.tollgate.trading.exchange.placing.PlacementStep.Finish;
import io.tollgate.trading.exchange.placing.PlacementStep.Look;
import io.tollgate.trading.exchange.placing.PlacementStep.Pause;
import io.tollgate.trading.exchange.placing.PlacementStep.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Places orders so that the exchange has each of them once, or surely not, or it is known that this
 * is not known yet. Blocking, for virtual threads. Safe for use by many; one order at one time by
 * one of them.
 */
public final class OrderPlacement {
  private final Orders orders;
  private final IntentLog log;
  private final PlacementRules rules;
  private final Pace pace;

  public OrderPlacement(Orders orders, IntentLog log, PlacementRules rules, Pace pace) {
    this.orders = requireNonNull(orders, "orders is null");
    this.log = requireNonNull(log, "log is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.pace = requireNonNull(pace, "pace is null");
  }

  /** Places an order that was never sent before. */
  public PlacementResult place(OrderRequest order) {
    return run(Placement.of(rules), order, Optional.empty());
  }

  /**
   * Goes on with an order that was being sent when a process ended, or whose placing ended {@link
   * PlacementResult.Unconfirmed}: finds it, or proves it absent and sends it again.
   */
  public PlacementResult resume(Intent intent) {
    return run(Placement.resumed(rules, intent), intent.order(), Optional.of(intent));
  }

  private PlacementResult run(Placement placement, OrderRequest order, Optional<Intent> before) {
    Duration start = pace.elapsed();
    Optional<Intent> last = before;
    while (true) {
      switch (placement.next(since(start))) {
        case Finish(PlacementResult result) -> {
          return result;
        }
        case Pause(Duration length) -> {
          try {
            pace.pause(length);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last.<PlacementResult>map(
                    intent -> new PlacementResult.Unconfirmed(intent, "interrupted"))
                .orElseGet(() -> new NotPlaced("NOT_SENT", "interrupted"));
          }
        }
        case AskTime _ -> placement.askedTime(orders.askTime().map(_ -> Done.DONE), since(start));
        case Look(Intent intent) -> {
          Duration begun = since(start);
          placement.looked(orders.trace(order, intent.firstSentAt()), begun, since(start));
        }
        case Send _ -> {
          Instant now = orders.exchangeTime();
          Intent intent = placement.sending(order, now, now.plus(orders.window()), since(start));
          log.sending(intent);
          last = Optional.of(intent);
          placement.answered(orders.place(order, intent.voidAfter()), since(start));
        }
      }
    }
  }

  private Duration since(Duration start) {
    return pace.elapsed().minus(start);
  }
}
