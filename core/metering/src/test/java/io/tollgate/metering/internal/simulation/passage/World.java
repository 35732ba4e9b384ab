package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.internal.lease.LeaseTerms;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.simulation.Network;
import io.tollgate.metering.internal.simulation.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Machines, network, database and what is seen from outside, in one thread. */
final class World {
  /** As in production, but for a slice that goes back while a history runs. */
  static final LeaseTerms TERMS =
      new LeaseTerms(
          Duration.ofMillis(300),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          2,
          1_000_000_000L);

  static final UUID LEDGER = new UUID(1, 1);
  private static final long START = 1_000_000_000L;

  final Set<PassageRule> rules;
  final Setup setup;
  final Network<Message> network = new Network<>();
  final Calls calls = new Calls();
  final Witness witness = new Witness();
  final Books books;
  final Register register;
  final List<Machine> machines = new ArrayList<>();

  /** Logs that an operator has put aside. */
  final Map<UUID, LogStorage> movedOut = new LinkedHashMap<>();

  final Set<Cause> debtCauses = new HashSet<>();
  Database database = new Database();
  Database backup;
  long now = START;
  long steps;
  private long ids;
  private int laneNumbers;
  private Optional<Violation> violation = Optional.empty();

  /** Why somebody may owe. */
  enum Cause {
    USE_BEYOND_MEANS,
    COPY,
    RESTORE,
    GIVEN_UP
  }

  World(Set<PassageRule> rules, Setup setup) {
    this.rules = rules;
    this.setup = setup;
    books = new Books(rules, witness);
    register = new Register(rules, books, witness);
    People.accounts().forEach(account -> database.credit(account, People.beginning(account)));
    backup = database.copy();
    for (int i = 0; i < setup.machines(); i++) {
      Machine machine = new Machine(i, new Disk(rules), newId(), false);
      machines.add(machine);
      Machines.start(this, machine);
    }
  }

  UUID newId() {
    return new UUID(7, ++ids);
  }

  int newLane() {
    return laneNumbers++;
  }

  Instant databaseTime() {
    return People.BEGIN.plusNanos(now - START);
  }

  Instant wallClock(Machine machine) {
    return machine.clock(databaseTime());
  }

  List<Gateway> running() {
    return machines.stream().flatMap(machine -> machine.running().stream()).toList();
  }

  /** All lanes of processes that have not ended, frozen ones too. */
  List<Lane> lanes() {
    return machines.stream()
        .flatMap(machine -> machine.gateway.stream())
        .flatMap(gateway -> gateway.lanes.stream())
        .toList();
  }

  void tick(long millis) {
    now += millis * 1_000_000L;
    running().forEach(Gateway::tick);
    for (var account : People.accounts()) {
      if (People.expired(account, databaseTime())) {
        database.expire(account);
      }
    }
  }

  /** Ends processes that have noticed that they must. */
  void reap() {
    for (Machine machine : machines) {
      if (machine.gateway.filter(gateway -> gateway.ending).isPresent()) {
        Machines.kill(this, machine);
      }
    }
  }

  /** Notes what went wrong where nobody may be told at once. */
  void fail(RuntimeException e) {
    if (violation.isEmpty()) {
      violation = Optional.of(e instanceof Violation v ? v : new Violation(e.toString()));
    }
  }

  void requireNothingWrong() {
    violation.ifPresent(
        what -> {
          throw what;
        });
  }
}
