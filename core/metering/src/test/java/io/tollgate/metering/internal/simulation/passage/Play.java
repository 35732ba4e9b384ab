package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PriceQuote;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Plays the steps of a history on a world. */
final class Play {
  private static final Instant EVER = Instant.parse("2100-01-01T00:00:00Z");
  private final World world;
  private final Delivery delivery;

  Play(World world) {
    this.world = world;
    this.delivery = new Delivery(world);
  }

  void step(Event event) {
    world.steps++;
    int a = event.a();
    int b = event.b();
    switch (event.kind()) {
      case OPEN -> pick(takers(), a).ifPresent(gateway -> open(gateway, b));
      case STREAM -> pick(openFlights(), a).ifPresent(flight -> flight.stream(1 + b % 12));
      case FINISH -> pick(openFlights(), a).ifPresent(flight -> finish(flight, b));
      case HANG_UP ->
          pick(openFlights(), a).ifPresent(flight -> flight.settle(flight.soFarAnd(0), 499));
      case WORK -> pick(world.running(), a).ifPresent(gateway -> gateway.work(1 + b % 8, b));
      case DELIVER -> delivery.deliver(1 + b % 5, a);
      case TICK -> world.tick(1 + a % (b % 4 == 0 ? 4_000 : 60));
      case SETTLE -> pick(world.running(), a).ifPresent(gateway -> settle(gateway, b));
      case START -> pick(dead(), a).ifPresentOrElse(m -> start(m, b), () -> startBeside(b));
      case DROP -> delivery.drop(a);
      case DUPLICATE -> delivery.duplicate(a);
      case CREDIT -> {
        var account = People.accounts().get(1 + a % 3);
        world.database.credit(account, 1 + b % 200);
        delivery.walletChanged(People.owner(account));
      }
      case KILL -> pick(alive(), a).ifPresent(machine -> Machines.kill(world, machine));
      case CUT_POWER -> Machines.cutPower(world, machine(a), b);
      case CLOSE -> pick(world.running(), a).ifPresent(Gateway::close);
      case FREEZE -> pick(world.running(), a).ifPresent(gateway -> gateway.frozen = true);
      case THAW -> thaw();
      case GIVE_UP -> giveUp();
      case COPY_DISK -> Machines.copyDisk(world, machine(a));
      case TWIN -> Machines.twin(world, machine(a));
      case BACKUP -> world.backup = world.database.copy();
      case RESTORE -> restore();
      case CLOCK -> moveClock(machine(a), b);
      case FILL_DISK -> machine(a).disk.faults.full = b % 2 == 0;
      case BREAK_DISK -> {
        machine(a).disk.faults.nextWriteFallsShort |= b % 2 == 0;
        machine(a).disk.faults.nextForceFails |= b % 2 == 1;
      }
      case UNBOOKABLE ->
          pick(openFlights(), a)
              .ifPresent(flight -> world.books.unbookable.add(flight.request.charge()));
      case DECIDE -> decide(a, b);
      case TIDY -> pick(world.running(), a).ifPresent(this::tidy);
      case CUT_OFF_DATABASE -> world.calls.away = b % 3 != 0;
      case DO_LATE -> world.calls.doLate(a);
    }
    world.reap();
    Checks.always(world);
  }

  Delivery delivery() {
    return delivery;
  }

  private List<Gateway> takers() {
    return world.running().stream().filter(Gateway::takesRequests).toList();
  }

  private List<Machine> dead() {
    return world.machines.stream().filter(Machine::isDead).toList();
  }

  private List<Machine> alive() {
    return world.machines.stream().filter(machine -> !machine.isDead()).toList();
  }

  private Machine machine(int choice) {
    return world.machines.get(choice % world.machines.size());
  }

  private List<Flight> openFlights() {
    List<Flight> open = new ArrayList<>();
    for (Gateway gateway : world.running()) {
      for (Lane lane : gateway.lanes) {
        lane.flights.stream().filter(Flight::isOpen).forEach(open::add);
      }
    }
    return open;
  }

  private static <T> Optional<T> pick(List<T> from, int choice) {
    return from.isEmpty() ? Optional.empty() : Optional.of(from.get(choice % from.size()));
  }

  private void open(Gateway gateway, int choice) {
    Lane lane = gateway.lanes.get(choice % gateway.lanes.size());
    UserWallet.Owner owner = choice / 4 % 3 == 0 ? People.OTHER : People.FIRST;
    TokenUsage estimate = TokenUsage.of(1 + choice / 8 % 20, 1 + choice / 16 % 30);
    boolean stream = choice / 32 % 2 == 0;
    boolean large = world.setup.large() || choice / 64 % 4 == 0;
    open(lane, owner, estimate, stream, large);
  }

  Flight open(
      Lane lane, UserWallet.Owner owner, TokenUsage estimate, boolean stream, boolean large) {
    UUID id = world.newId();
    TokenUsage least =
        stream ? TokenUsage.of(estimate.input(), 1 + estimate.output() / 4) : estimate;
    PassageRequest request =
        new PassageRequest(
            new ChargeId(id),
            owner.tenant(),
            owner.user(),
            new ApiKeyId(1),
            Protocol.OPENAI,
            large ? "m".repeat(250) : "m",
            stream,
            Optional.empty(),
            world.wallClock(lane.machine()),
            new SevenEach(large ? "v".repeat(PriceQuote.MAX_VERSION_BYTES) : "v"),
            estimate,
            least);
    Flight flight = new Flight(world, lane, request);
    lane.flights.add(flight);
    flight.open();
    return flight;
  }

  private void finish(Flight flight, int choice) {
    switch (choice % 6) {
      case 0 -> flight.settle(flight.nothingProduced() ? TokenUsage.NONE : flight.soFarAnd(0), 502);
      case 1 -> flight.settle(flight.soFarAnd(choice / 8 % 60), 200);
      case 2 -> flight.settle(flight.asReserved(), 200);
      default -> flight.settle(flight.soFarAnd(choice / 8 % 6), 200);
    }
  }

  private void settle(Gateway gateway, int choice) {
    Calls.Fate fate =
        switch (choice % 12) {
          case 0 -> Calls.Fate.NOT_DONE;
          case 1 -> Calls.Fate.ANSWER_LOST;
          case 2 -> Calls.Fate.LATE;
          default -> Calls.Fate.FINE;
        };
    world.calls.plan(choice / 16 % 3, fate);
    settleRound(gateway, 1 + choice / 64 % 4, choice / 256 % 3 == 0);
    world.calls.plan(0, Calls.Fate.FINE);
  }

  void settleRound(Gateway gateway, int max, boolean comparing) {
    boolean closed = gateway.closing && gateway.close();
    Settler.round(gateway, max, comparing);
    if (closed && gateway.lanes.stream().allMatch(lane -> lane.settled) && !gateway.ending) {
      gateway.machine.gateway = Optional.empty();
    }
  }

  private void start(Machine machine, int choice) {
    Calls.Fate fate = Calls.Fate.values()[choice % 8 < 4 ? choice % 4 : 0];
    world.calls.plan(choice / 8 % 6, fate);
    boolean _ = Machines.start(world, machine);
    world.calls.plan(0, Calls.Fate.FINE);
  }

  private void startBeside(int choice) {
    if (!world.rules.contains(PassageRule.DIRECTORY_LOCKED)) {
      Machines.startBeside(world, machine(choice));
    }
  }

  void thaw() {
    world.machines.forEach(machine -> machine.gateway.ifPresent(gateway -> gateway.frozen = false));
  }

  private void giveUp() {
    world.machines.stream()
        .flatMap(machine -> machine.gateway.stream())
        .filter(gateway -> gateway.frozen)
        .findFirst()
        .ifPresent(
            gateway -> {
              world.debtCauses.add(World.Cause.GIVEN_UP);
              world.register.lost(world.database, gateway.incarnation);
            });
  }

  private void restore() {
    world.database = world.backup.copy();
    world.debtCauses.add(World.Cause.RESTORE);
    world.calls.forgetLate();
    delivery.missed();
  }

  private void moveClock(Machine machine, int choice) {
    switch (choice % 3) {
      case 0 -> machine.clockOffNanos -= choice * 1_000_000L % 3_000_000_000L;
      case 1 ->
          machine.clockStandsAt =
              machine.clockStandsAt.isPresent()
                  ? Optional.empty()
                  : Optional.of(world.wallClock(machine));
      default -> machine.clockOffNanos = choice * 1_000_000L % 5_000_000_000L;
    }
  }

  private void decide(int choice, int how) {
    pick(List.copyOf(world.database.inDoubt.values()), choice)
        .ifPresent(
            doubt -> {
              TokenUsage progress = doubt.open().progress();
              long input = doubt.open().intent().estimate().input();
              world.books.decide(
                  world.database,
                  doubt.open().intent().charge(),
                  how % 2 == 0 ? progress : TokenUsage.of(input, progress.output()));
            });
  }

  /** A backup is made, then what is settled goes. */
  private void tidy(Gateway gateway) {
    world.backup = world.database.copy();
    gateway.line.tidying = true;
    try {
      gateway.old.tidy(EVER, gateway.lanes.stream().map(Lane::id).collect(Collectors.toSet()));
    } catch (Refusal e) {
      // the database is away
    }
    gateway.line.tidying = false;
  }
}
