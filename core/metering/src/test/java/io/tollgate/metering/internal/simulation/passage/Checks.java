package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.simulation.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** What must hold: sums, and what was seen from outside. */
final class Checks {
  private static final List<Asset> ASSETS = List.of(Asset.TOKEN, People.USD, People.ALLOWANCE);

  private Checks() {}

  /** After every step. */
  static void always(World world) {
    world.requireNothingWrong();
    Database database = world.database;
    Map<AccountId, Long> holdings = database.holdings();
    for (AccountId account : People.accounts()) {
      Amounts amounts = database.account(account);
      require(
          amounts.available >= 0,
          () -> "available " + amounts.available + " of account " + account);
      long leased = holdings.getOrDefault(account, 0L);
      require(
          amounts.held == leased,
          () -> "held " + amounts.held + " of account " + account + ", by whom: " + leased);
    }
    for (Asset asset : ASSETS) {
      long sum = database.sum(asset);
      require(
          sum == database.credited.getOrDefault(asset, 0L),
          () -> asset + " does not add up: " + sum + " of " + database.credited.get(asset));
    }
    require(
        database.owed.isEmpty() || !world.debtCauses.isEmpty(),
        () -> "debt without cause: " + database.owed);
    if (world.setup.limited() && world.debtCauses.isEmpty()) {
      requireCounted(database);
    }
    if (world.debtCauses.equals(Set.of(World.Cause.GIVEN_UP))) {
      database.owed.forEach(
          (debt, units) ->
              require(
                  units <= database.atRisk(debt),
                  () -> "owed " + units + ", at risk " + database.atRisk(debt)));
    }
  }

  /** Each limit has counted what was spent under it, and so it was kept. */
  private static void requireCounted(Database database) {
    for (Booked booked : database.booked.values()) {
      for (AccountId limit : People.limits(booked.owner())) {
        long counted = booked.taken().getOrDefault(limit, 0L);
        require(
            counted == booked.price(),
            () -> "limit " + limit + " counts " + counted + " of a price of " + booked.price());
      }
    }
  }

  /** When nobody has asked for anything for a while, and everybody in doubt was decided on. */
  static void atRest(World world) {
    always(world);
    for (AccountId account : People.accounts()) {
      long held = world.database.account(account).held;
      require(
          held == world.database.keptOf(account),
          () -> "held at rest: " + held + " of account " + account);
    }
    for (Lane lane : world.lanes()) {
      require(lane.flights.isEmpty(), () -> "a request was never answered");
      require(lane.shard().openPassages() == 0, () -> "an ended request still counts as open");
    }
    Set<UUID> living = new HashSet<>();
    world.lanes().forEach(lane -> living.add(lane.id()));
    for (LogRow row : world.database.logs.values()) {
      boolean open = row.state() == LogState.OPEN || row.state() == LogState.RECOVERING;
      require(
          !open || living.contains(row.identity().log()),
          () -> "log " + row.identity().log() + " is " + row.state() + " at rest");
    }
  }

  /** Everything that was served is in the books, or is known not to be. */
  static void account(World world) {
    Database database = world.database;
    world
        .witness
        .sent()
        .forEach(
            (charge, seen) -> {
              Booked booked = database.booked.get(charge);
              boolean powerless = world.witness.isWithoutPower(seen.log);
              // a forked log is somebody's to look at, with or without a loss entry
              boolean loss =
                  database.losses.containsKey(seen.log)
                      || (powerless && world.witness.isDoubled(seen.log));
              boolean known =
                  booked != null
                      || database.inDoubt.containsKey(charge)
                      || database.exceptions.containsKey(charge)
                      || world.witness.isKept(charge)
                      || (loss && powerless);
              require(known, () -> "charge " + charge + " of log " + seen.log + " is nowhere");
              boolean decided = booked != null && booked.decided();
              boolean excused = loss || world.witness.isKept(charge) || isException(world, charge);
              require(
                  !seen.completed || excused || (booked != null && !decided),
                  () -> "charge " + charge + " was completed, and not booked by its result");
            });
    for (ChargeId charge : database.exceptions.keySet()) {
      require(
          world.books.unbookable.contains(charge),
          () -> "charge " + charge + " is an exception without cause");
    }
    database.losses.forEach(
        (log, _) ->
            require(
                world.witness.isWithoutPower(log) || world.witness.isDoubled(log),
                () -> "a loss without cause of log " + log));
  }

  private static boolean isException(World world, ChargeId charge) {
    return world.database.exceptions.containsKey(charge);
  }

  static void require(boolean holds, Supplier<String> message) {
    if (!holds) {
      throw new Violation(message.get());
    }
  }
}
