package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.Reservation;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** One process makes one signal into orders, account by account. */
final class Dispatch {
  private static final Duration GOOD_FOR = Duration.ofSeconds(8);
  private static final Duration GOOD_FOR_LONG = Duration.ofSeconds(25);

  private final World world;
  private final Worker worker;
  private final Signal signal;
  private final Books before;
  private int account = 0;
  private boolean done;

  Dispatch(World world, Worker worker, Signal signal) {
    this.world = world;
    this.worker = worker;
    this.signal = signal;
    this.before = world.committed().copy();
    if (!world.rules().contains(Rule.RESERVED_FIRST)) {
      boolean _ = world.write(tables -> tables.books().dispatched.add(signal.id()), 0);
    }
  }

  boolean done() {
    return done;
  }

  void step() {
    if (account == World.ACCOUNTS) {
      boolean _ = world.write(tables -> tables.books().dispatched.add(signal.id()), 0);
      done = true;
      return;
    }
    account++;
    boolean known =
        worker.write(
            tables -> {
              ModelTables judged =
                  world.rules().contains(Rule.RISK_LOCKED) ? tables : tables.judgedBy(before);
              if (world.rulebook().reserve(judged, terms(), world.now())
                  instanceof Reservation.Denied) {
                world.denied(signal, account);
              }
            },
            account);
    done = !known;
  }

  private OrderTerms terms() {
    BigDecimal up = signal.price().multiply(new BigDecimal("1.006"));
    BigDecimal down = signal.price().multiply(new BigDecimal("0.994"));
    boolean rising = signal.direction() == Direction.LONG;
    String name =
        world.rules().contains(Rule.TASK_ONCE) ? signal.id() : signal.id() + "." + world.choice();
    return new OrderTerms(
        TaskId.ofSignal(name, account, RiskOrder.Intent.OPEN),
        new PositionKey(account, MarketType.FUTURE, signal.symbol(), signal.direction()),
        RiskOrder.Intent.OPEN,
        RiskOrder.Origin.STRATEGY,
        Optional.of(signal.id()),
        Optional.of("cross"),
        Optional.empty(),
        OrderType.MARKET,
        BigDecimal.ONE,
        Optional.empty(),
        signal.price(),
        new Levels(Optional.of(rising ? down : up), Optional.of(rising ? up : down)),
        signal.at().plus(signal.id().endsWith("0") ? GOOD_FOR_LONG : GOOD_FOR));
  }
}
