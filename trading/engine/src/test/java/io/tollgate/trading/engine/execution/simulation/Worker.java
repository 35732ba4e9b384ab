package io.tollgate.trading.engine.execution.simulation;

import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.Reservation;
import io.tollgate.trading.engine.execution.TradedOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A process of the centre: all that it knows is gone when it dies. */
final class Worker {
  private final World world;
  private final String name;
  private final List<Job> jobs = new ArrayList<>();
  private final List<Dispatch> dispatches = new ArrayList<>();

  /** Closed positions, where they are not kept in the books. */
  private final List<String> remembered = new ArrayList<>();

  private boolean alive = true;

  Worker(World world, String name) {
    this.world = world;
    this.name = name;
  }

  boolean alive() {
    return alive;
  }

  void kill() {
    alive = false;
    jobs.forEach(job -> job.done = true);
    jobs.clear();
    dispatches.clear();
    remembered.clear();
  }

  void start() {
    alive = true;
  }

  /** A transaction; false: it may be done or not, and whoever wanted it gives up. */
  boolean write(Consumer<ModelTables> body, long account) {
    boolean known = world.write(body, account);
    if (!world.rules().contains(Rule.TOLD)) {
      remembered.addAll(world.committed().toTell);
      world.committed().toTell.clear();
    }
    return known;
  }

  void dispatch(Signal signal) {
    dispatches.add(new Dispatch(world, this, signal));
  }

  void claim(int which) {
    List<TradedOrder> open =
        world.committed().orders.values().stream()
            .filter(order -> !order.life().settled())
            .filter(order -> !order.life().claim().held(world.claimTime()))
            .toList();
    if (open.isEmpty()) {
      return;
    }
    TradedOrder order = open.get(which % open.size());
    List<TradedOrder> claimed = new ArrayList<>();
    boolean known =
        write(
            tables ->
                world
                    .rulebook()
                    .claim(tables, order.terms().task(), name, world.claimTime())
                    .ifPresent(claimed::add),
            order.terms().position().account());
    if (known && !claimed.isEmpty()) {
      jobs.add(new Job(world, this, claimed.getFirst()));
    }
  }

  /** One of its pieces of work goes on; false: there is none that can. */
  boolean step(int which) {
    jobs.removeIf(job -> job.done);
    dispatches.removeIf(Dispatch::done);
    List<Runnable> ready = new ArrayList<>();
    jobs.stream().filter(Job::ready).forEach(job -> ready.add(job::step));
    dispatches.forEach(dispatch -> ready.add(dispatch::step));
    if (ready.isEmpty()) {
      return false;
    }
    ready.get(which % ready.size()).run();
    return true;
  }

  void watch() {
    for (HeldPosition each : world.committed().open()) {
      HeldPosition position =
          world.rules().contains(Rule.CLOSE_ALONE) ? each : ModelTables.unguarded(each);
      BigDecimal price = world.price(position.key().symbol());
      Optional<OrderTerms> close = world.rulebook().watched(position, price, world.now());
      close.ifPresent(
          terms -> {
            boolean _ =
                write(
                    tables -> {
                      Reservation _ = world.rulebook().reserve(tables, terms, world.now());
                    },
                    position.key().account());
          });
    }
  }

  /** Tells of closed positions, as often as it takes. */
  void tell() {
    List<String> due = new ArrayList<>(world.committed().toTell);
    due.addAll(remembered);
    remembered.clear();
    for (String id : due) {
      world.told(id);
      boolean _ = world.write(tables -> tables.books().toTell.remove(id), 0);
    }
  }
}
