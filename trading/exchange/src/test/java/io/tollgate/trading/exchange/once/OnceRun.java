package io.tollgate.trading.exchange.once;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeSite;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.once.DyingOrders.Died;
import io.tollgate.trading.exchange.placing.CancelResult;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.exchange.placing.OrderCancellation;
import io.tollgate.trading.exchange.placing.OrderPlacement;
import io.tollgate.trading.exchange.placing.Pace;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementResult.NotPlaced;
import io.tollgate.trading.exchange.placing.PlacementResult.Placed;
import io.tollgate.trading.exchange.placing.PlacementResult.Refused;
import io.tollgate.trading.exchange.placing.PlacementResult.Unconfirmed;
import io.tollgate.trading.exchange.placing.PlacementRules;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** One order through all that its plan has for it, by as many processes as it takes. */
final class OnceRun {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final BigDecimal QUANTITY = new BigDecimal("0.01");
  private static final ExchangeTimes TIMES =
      new ExchangeTimes(Duration.ofMillis(400), Duration.ofMillis(700));
  private static final PlacementRules RULES =
      new PlacementRules(Duration.ofSeconds(20), Duration.ofSeconds(90), 3);
  private static final int LIVES = 200;

  private final ExchangeSite site;
  private final Exchange exchange;
  private final ExchangeSite.Keys keys;
  private final String address;
  private final Plan plan;
  private final OrderRequest order;
  private final Queue<Plan.Death> deaths;

  /** What was written down, and outlives a process. */
  private Optional<Intent> written = Optional.empty();

  /** What each process knew in the end, for whoever looks into a failure. */
  private final List<String> trail = new ArrayList<>();

  /** How it ended, as far as we know. */
  record Ending(boolean placed, Optional<OrderState> state, int lives) {}

  OnceRun(
      ExchangeSite site,
      Exchange exchange,
      ExchangeSite.Keys keys,
      String address,
      Plan plan,
      BigDecimal restingPrice) {
    this.site = site;
    this.exchange = exchange;
    this.keys = keys;
    this.address = address;
    this.plan = plan;
    this.deaths = new ArrayDeque<>(plan.deaths());
    this.order =
        plan.cancels()
            ? OrderRequest.limit(
                plan.id(), BTC, Side.BUY, QUANTITY, restingPrice, PositionSide.NONE)
            : OrderRequest.market(plan.id(), BTC, Side.BUY, QUANTITY, PositionSide.NONE);
  }

  Ending run() {
    plan.faults().forEach(fault -> site.post("faults", fault));
    Optional<OrderState> placed = Optional.empty();
    for (int life = 1; life <= LIVES; life++) {
      try (Exchanges process = site.process(address, TIMES);
          TradingAccount account =
              process.account(exchange, plan.market(), keys.apiKey(), keys.open())) {
        DyingOrders orders = dying(account);
        if (placed.isEmpty()) {
          switch (place(orders)) {
            case Placed(OrderState state) -> placed = Optional.of(state);
            case Refused _, NotPlaced _ -> {
              return new Ending(false, Optional.empty(), life);
            }
            case Unconfirmed(Intent intent, String said) -> {
              trail.add("placing: " + said);
              written = Optional.of(intent);
              continue;
            }
          }
        }
        if (!plan.cancels()) {
          return new Ending(true, placed, life);
        }
        CancelResult cancelled =
            new OrderCancellation(orders, Duration.ofSeconds(90), Pace.system())
                .cancel(BTC, plan.id());
        if (cancelled instanceof CancelResult.Ended(OrderState ended)) {
          return new Ending(true, Optional.of(ended), life);
        }
        trail.add(cancelled.toString());
      } catch (Died e) {
        // the next process goes on with what was written down
      }
    }
    throw new IllegalStateException(
        "not known after " + LIVES + " processes: " + plan + " " + trail);
  }

  private PlacementResult place(DyingOrders orders) {
    OrderPlacement placement =
        new OrderPlacement(orders, intent -> written = Optional.of(intent), RULES, Pace.system());
    return written.map(placement::resume).orElseGet(() -> placement.place(order));
  }

  private DyingOrders dying(TradingAccount account) {
    Plan.Death death = deaths.poll();
    return death == null
        ? new DyingOrders(account.orders(), Integer.MAX_VALUE, false)
        : new DyingOrders(account.orders(), death.call(), death.before());
  }
}
