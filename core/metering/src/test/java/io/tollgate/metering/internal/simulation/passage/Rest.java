package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.Charge;
import io.tollgate.metering.internal.shard.UserWallet;
import io.tollgate.metering.internal.simulation.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The end of a history: faults stop, everything comes home, and lone callers must be served. */
final class Rest {
  private static final Duration TAKES = Duration.ofSeconds(13);
  private static final int MAX_STARTS = 5;
  private final World world;
  private final Play play;

  Rest(World world, Play play) {
    this.world = world;
    this.play = play;
  }

  void check() {
    mend();
    if (!expired() && expired(TAKES)) {
      // not in the middle of it
      run(TAKES.toMillis());
    }
    run(1_600);
    restart();
    run(1_000);
    new Import(world).run();
    decide();
    run(3_000);
    payDebts();
    Checks.atRest(world);
    alone();
    run(4_000);
    Checks.atRest(world);
    Checks.account(world);
  }

  private boolean expired() {
    return expired(Duration.ZERO);
  }

  private boolean expired(Duration later) {
    return People.expired(People.EXPIRING, world.databaseTime().plus(later));
  }

  private void mend() {
    world.calls.mend();
    for (int i = 0; i < 30; i++) {
      world.calls.doLate(0);
    }
    for (Machine machine : world.machines) {
      machine.disk.faults.mend();
      machine.clockStandsAt = Optional.empty();
      machine.clockOffNanos = 0;
    }
    play.thaw();
  }

  /** Starts what has ended, and anew what has to end. */
  private void restart() {
    for (Machine machine : List.copyOf(world.machines)) {
      boolean doubled =
          machine.gateway.stream()
              .flatMap(gateway -> gateway.lanes.stream())
              .anyMatch(lane -> world.witness.isDoubled(lane.id()));
      if (doubled || machine.gateway.filter(Gateway::isClosed).isPresent()) {
        Machines.kill(world, machine);
      }
      for (int i = 0; i < MAX_STARTS && machine.isDead(); i++) {
        if (!Machines.start(world, machine)) {
          world.requireNothingWrong();
          new Import(world).moveOutDamaged(machine);
        }
      }
      Checks.require(!machine.isDead(), () -> "machine " + machine.id + " does not start");
    }
  }

  private void decide() {
    for (ChargeId charge : List.copyOf(world.database.inDoubt.keySet())) {
      InDoubt doubt = world.database.inDoubt.get(charge);
      if (doubt != null) {
        world.books.decide(world.database, charge, doubt.open().progress());
      }
    }
  }

  private void payDebts() {
    for (AccountId account : List.of(People.QUOTA, People.MONEY, People.OTHER_MONEY)) {
      Database.Debt debt = new Database.Debt(People.owner(account), People.asset(account));
      long owed = world.database.owed.getOrDefault(debt, 0L);
      if (owed > 0) {
        world.database.credit(account, owed);
        play.delivery().walletChanged(debt.owner());
      }
    }
    Checks.require(world.database.owed.isEmpty(), () -> "still owed: " + world.database.owed);
    round(5);
  }

  /** Requests with nobody else around: served, and quota goes before money. */
  private void alone() {
    List<Gateway> living = world.running();
    Checks.require(!living.isEmpty(), () -> "nobody serves at rest");
    beyond(living.getLast());
    round(5);
    long quota = quota();
    long money = money(People.FIRST);
    long some = quota / 2 + money / 3;
    if (some > 1) {
      serve(living.getFirst(), some, some, Math.min(quota, some));
    }
    round(5);
    long all = quota() + money(People.FIRST);
    if (all > 1) {
      serve(living.getLast(), all, 1 + all / 2, Math.min(quota(), 1 + all / 2));
    }
    long others = money(People.OTHER);
    if (others > 1) {
      Flight flight = open(living.getFirst(), others, false);
      flight.settle(TokenUsage.of(1, 0), 200);
    }
  }

  private void serve(Gateway gateway, long tokens, long used, long quota) {
    Flight flight = open(gateway, tokens, true);
    flight.settle(TokenUsage.of(1, used - 1), 200);
    for (int i = 0; i < 10 && flight.charge().isEmpty(); i++) {
      round(5);
    }
    Charge charge =
        flight.charge().orElseThrow(() -> new Violation("a lone caller got no last byte"));
    Checks.require(
        charge.quotaTokens() == quota,
        () -> "paid " + charge.quotaTokens() + " of quota where " + quota + " was there");
  }

  /** Requests that end at once and have used more than was reserved: quota pays while it lasts. */
  private void beyond(Gateway gateway) {
    long used = quota() / 2;
    long reserved = used / 6;
    if (reserved < 2) {
      return;
    }
    List<Flight> flights = List.of(open(gateway, reserved, true), open(gateway, reserved, true));
    flights.forEach(flight -> flight.settle(TokenUsage.of(1, used - 1), 200));
    for (int i = 0; i < 300 && flights.stream().anyMatch(each -> each.charge().isEmpty()); i++) {
      round(5);
    }
    for (Flight flight : flights) {
      long paid = flight.charge().map(Charge::quotaTokens).orElse(0L);
      Checks.require(
          paid == used,
          () -> "use beyond the reservation: paid " + paid + " of quota, had " + used);
    }
  }

  private Flight open(Gateway gateway, long tokens, boolean first) {
    TokenUsage estimate = TokenUsage.of(1, tokens - 1);
    Flight flight =
        play.open(
            gateway.lanes.getFirst(), first ? People.FIRST : People.OTHER, estimate, false, false);
    flight.alone = true;
    for (int i = 0; i < 300 && !flight.isAnswered(); i++) {
      round(5);
    }
    Checks.require(
        flight.isOpen(),
        () -> "a lone caller was refused " + tokens + " tokens: " + flight.refusal());
    return flight;
  }

  private long quota() {
    return (expired() ? 0 : means(People.EXPIRING)) + means(People.QUOTA);
  }

  /** Tokens that a user's money pays within the limits. */
  private long money(UserWallet.Owner owner) {
    long units = means(People.balance(owner));
    if (world.setup.limited()) {
      for (AccountId limit : People.limits(owner)) {
        units = Math.min(units, means(limit));
      }
    }
    return units / SevenEach.PRICE;
  }

  /** Available or free in somebody's lease: with nothing in use, all of it is means. */
  private long means(AccountId account) {
    Amounts amounts = world.database.account(account);
    return amounts.available + amounts.held - world.database.keptOf(account);
  }

  private void run(long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      round(100);
    }
  }

  private void round(long millis) {
    finish();
    world.tick(millis);
    for (int i = 0; i < 8 && (!world.network.isEmpty() || isBusy()); i++) {
      play.delivery().deliverAll();
      for (Gateway gateway : world.running()) {
        gateway.work(20, i);
      }
    }
    for (Gateway gateway : world.running()) {
      play.settleRound(gateway, 8, true);
    }
    world.reap();
    Checks.always(world);
  }

  private boolean isBusy() {
    return world.running().stream().anyMatch(Gateway::isBusy);
  }

  private void finish() {
    List<Flight> open = new ArrayList<>();
    world.lanes().forEach(lane -> lane.flights.stream().filter(Flight::isOpen).forEach(open::add));
    for (Flight flight : open) {
      if (!flight.alone) {
        flight.settle(flight.soFarAnd(1), 200);
      }
    }
  }
}
