package io.tollgate.trading.engine.execution.simulation;

import java.time.Duration;
import java.util.ArrayList;

/** No more faults: everything is to come to its end, and then to be right. */
final class Rest {
  private static final int ROUNDS = 500;
  private static final int MOST_STEPS = 200;

  private Rest() {}

  static void check(World world) {
    world.workers.forEach(Worker::start);
    world.claimFor(World.LEASE);
    int quiet = 0;
    for (int round = 0; round < ROUNDS && quiet < 3; round++) {
      boolean moved = round(world, round);
      boolean rests =
          world.calls.isEmpty()
              && world.committed().dispatched.size() == world.signals.size()
              && world.committed().orders.values().stream()
                  .allMatch(order -> order.life().settled());
      quiet = rests && !moved ? quiet + 1 : 0;
    }
    if (quiet < 3) {
      throw new Violation("it does not come to rest: " + unsettled(world));
    }
    Checks.atRest(world);
  }

  private static boolean round(World world, int round) {
    boolean moved = false;
    world.tick(Duration.ofSeconds(1));
    // a number that is no refusal, and fills at once
    world.choose(0);
    for (Signal signal : world.signals) {
      if (!world.committed().dispatched.contains(signal.id()) && round % 4 == 0) {
        world.workers.get(round % world.workers.size()).dispatch(signal);
        moved = true;
      }
    }
    for (Call call : new ArrayList<>(world.calls)) {
      if (!call.delivered()) {
        call.deliver();
      }
      world.calls.remove(call);
      call.answered();
      moved = true;
    }
    world.venue().market(round, 0, world.price(World.SYMBOLS.getFirst()), world.now());
    for (Worker worker : world.workers) {
      worker.claim(round);
      for (int i = 0; i < MOST_STEPS; i++) {
        world.choose(0);
        if (!worker.step(i)) {
          break;
        }
        moved = true;
      }
      worker.tell();
    }
    return moved;
  }

  private static String unsettled(World world) {
    return world.committed().orders.values().stream()
        .filter(order -> !order.life().settled())
        .toList()
        .toString();
  }
}
