package io.tollgate.metering.internal.simulation;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.LeaseHolder;
import io.tollgate.metering.internal.lease.LeaseLedger;
import java.util.function.Supplier;

/** What must hold, by the naive model: sums, and nothing else. */
final class Checks {
  private static final long LATEST_NANOS = 300_000_000L;

  private Checks() {}

  /** After every step. */
  static void always(World world) {
    for (AccountId account : World.ACCOUNTS) {
      LeaseLedger.Standing now = world.bank.standing(account);
      require(
          now.available() >= 0, () -> "available " + now.available() + " of account " + account);
      require(now.held() == now.leased(), () -> "held " + now.held() + ", leases " + now.leased());
      require(
          now.available() + now.held() + now.charged() - now.owed() == now.credited(),
          () -> "account " + account + " does not add up: " + now);
      require(now.owed() == 0 || world.debtPossible, () -> "debt without cause: " + now);
      for (Gateway gateway : world.gateways) {
        if (gateway.alive && !gateway.tainted) {
          LeaseHolder.Position memory = gateway.holder.position(account);
          long granted = world.bank.granted(gateway.incarnation(), account);
          require(
              memory.used() + memory.reserved() <= granted,
              () -> "gateway " + gateway.id + " let through " + memory + ", granted " + granted);
        }
      }
    }
  }

  /** When nobody has asked for anything for a while. */
  static void atRest(World world) {
    always(world);
    for (AccountId account : World.ACCOUNTS) {
      LeaseLedger.Standing now = world.bank.standing(account);
      long used = 0;
      for (Gateway gateway : world.gateways) {
        used += gateway.used(account);
        long reserved = gateway.alive ? gateway.holder.position(account).reserved() : 0;
        require(reserved == 0, () -> "reserved at rest: " + reserved);
      }
      require(now.held() == 0, () -> "held at rest: " + now + " of account " + account);
      long sum = used;
      require(now.charged() == sum, () -> "used " + sum + ", charged " + now.charged());
    }
  }

  static void answeredInTime(Gateway gateway, long now) {
    for (Caller caller : gateway.callers) {
      require(
          caller.answered() || now < caller.startedAt + LATEST_NANOS,
          () -> "a request was not answered by its deadline");
    }
  }

  /** A refused request was not overtaken by one that came later for the same account. */
  static void notOvertaken(Gateway gateway, Caller refused) {
    int place = gateway.callers.indexOf(refused);
    for (int i = place + 1; place >= 0 && i < gateway.callers.size(); i++) {
      Caller later = gateway.callers.get(i);
      boolean same =
          later.plan.payment().equals(refused.plan.payment()) && refused.plan.payment().size() == 1;
      require(!same || later.reservation().isEmpty(), () -> "a waiting request was overtaken");
    }
  }

  static void require(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new Violation(message.get());
    }
  }
}
