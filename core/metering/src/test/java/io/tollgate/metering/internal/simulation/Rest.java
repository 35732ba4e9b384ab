package io.tollgate.metering.internal.simulation;

import io.tollgate.ground.AccountId;
import io.tollgate.ledger.Leg;
import io.tollgate.metering.internal.lease.LeaseLedger;
import io.tollgate.metering.internal.lease.LegPlan;
import java.util.List;

/** The end of a history: faults stop, everything comes home, and lone callers must be served. */
final class Rest {
  private static final AccountId QUOTA = World.ACCOUNTS.get(0);
  private static final AccountId MONEY = World.ACCOUNTS.get(1);
  private final World world;

  Rest(World world) {
    this.world = world;
  }

  void check() {
    world.living().forEach(g -> g.frozen = false);
    run(1_600);
    for (Gateway gateway : world.living()) {
      if (gateway.holder.isClosed() || world.isCopied(gateway)) {
        finish(gateway);
        gateway.alive = false;
      }
    }
    world.end();
    while (world.living().size() < 2) {
      world.start();
    }
    run(4_000);
    world.gateways.forEach(world::settleLog);
    Checks.atRest(world);
    List<Gateway> living = world.living();
    long some = available(QUOTA) / 2 + available(MONEY) / 3;
    if (some > 0) {
      alone(living.getFirst(), some, 1, some);
    }
    round(5);
    world.gateways.forEach(world::settleLog);
    long quota = means(QUOTA);
    long all = quota + means(MONEY);
    if (all > 0) {
      alone(living.get(1), all, all / 2, quota);
    }
    run(4_000);
    world.gateways.forEach(world::settleLog);
    Checks.atRest(world);
  }

  /** A request with nobody else around: served, and quota goes before money. */
  private void alone(Gateway gateway, long price, long used, long quota) {
    LegPlan plan = new LegPlan(List.of(), List.of(QUOTA, MONEY), price);
    long quotaBefore = Math.min(Math.min(price, quota), means(QUOTA));
    Caller caller = world.reserve(gateway, plan);
    for (int i = 0; i < 60 && !caller.answered(); i++) {
      round(5);
    }
    Checks.require(
        caller.reservation().isPresent(),
        () -> "a lone caller was refused " + price + ": " + caller.cause());
    caller
        .reservation()
        .ifPresent(
            made -> {
              long fromQuota =
                  made.payment().stream()
                      .filter(leg -> leg.account().equals(QUOTA))
                      .mapToLong(Leg::units)
                      .sum();
              Checks.require(
                  fromQuota == quotaBefore,
                  () -> "paid " + fromQuota + " of quota where " + quotaBefore + " was there");
              gateway.callers.remove(caller);
              gateway.holder.spend(made, used, world.now);
            });
  }

  private long available(AccountId account) {
    return world.bank.standing(account).available();
  }

  /** Available or free in somebody's lease: with nothing in use, all of it is means. */
  private long means(AccountId account) {
    LeaseLedger.Standing now = world.bank.standing(account);
    return now.available() + now.held();
  }

  private void run(long millis) {
    for (long passed = 0; passed < millis; passed += 50) {
      world.living().forEach(this::finish);
      round(50);
    }
    world.living().forEach(this::finish);
  }

  private void round(long millis) {
    world.tick(millis);
    for (int i = 0; i < 200 && !world.network.isEmpty(); i++) {
      world.steps++;
      world.deliver(world.network.take(1));
    }
    Checks.always(world);
  }

  private void finish(Gateway gateway) {
    for (Caller caller : List.copyOf(gateway.callers)) {
      if (caller.answered()) {
        gateway.callers.remove(caller);
        caller
            .reservation()
            .ifPresent(r -> gateway.holder.spend(r, caller.plan.price() / 2, world.now));
      }
    }
  }
}
