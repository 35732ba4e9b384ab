package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogRecord.Close;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Progress;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import io.tollgate.metering.internal.meterlog.LogScan;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.RecoveryPlan;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlanner;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator does about logs that are settled no further: what they hold comes to the books
 * by charge id, and their leases are given up.
 */
final class Import {
  private final World world;

  Import(World world) {
    this.world = world;
  }

  /** A log that cannot be started with goes out of the data directory. */
  void moveOutDamaged(Machine machine) {
    Circumstances circumstances =
        new Circumstances(
            World.LEDGER,
            machine.boot,
            world.setup.durability() == Durability.DISK,
            world.databaseTime());
    for (UUID log : machine.disk.logs()) {
      try {
        LogStorage storage = machine.disk.log(log);
        Optional<LogRow> known = Optional.ofNullable(world.database.logs.get(log));
        RecoveryPlan plan =
            RecoveryPlanner.plan(log, storage, known.map(LogRow::standing), circumstances);
        if (plan instanceof RecoveryPlan.Damaged) {
          world.movedOut.put(log, storage);
          machine.disk.remove(log);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  void run() {
    for (Machine machine : world.machines) {
      for (UUID log : machine.disk.logs()) {
        LogRow row = world.database.logs.get(log);
        if (row != null && row.state() == LogState.FORKED) {
          read(row.identity(), machine.disk.log(log));
        }
      }
    }
    world.movedOut.forEach(
        (log, storage) ->
            Optional.ofNullable(world.database.logs.get(log))
                .ifPresent(row -> read(row.identity(), storage)));
    for (LogRow row : List.copyOf(world.database.logs.values())) {
      boolean given =
          row.state() == LogState.FORKED || world.movedOut.containsKey(row.identity().log());
      if (given) {
        var _ = world.books.free(world.database, row.identity().log());
        if (row.state() != LogState.ENDED) {
          world.database.logs.put(row.identity().log(), row.in(LogState.FORKED));
        }
      }
    }
  }

  private void read(LogIdentity identity, LogStorage storage) {
    Map<ChargeId, OpenIntent> open = new LinkedHashMap<>();
    List<SettledCharge> charges = new ArrayList<>();
    try {
      int first = LogCursor.oldest(storage, identity).segment();
      LogScan scan =
          LogReader.of(storage)
              .from(first)
              .scan(
                  found -> {
                    switch (found.record()) {
                      case Intent intent ->
                          open.put(
                              intent.charge(),
                              new OpenIntent(intent, TokenUsage.NONE, intent.legs()));
                      case Progress progress ->
                          open.computeIfPresent(
                              progress.charge(),
                              (_, before) ->
                                  new OpenIntent(
                                      before.intent(), progress.usage(), progress.legs()));
                      case Result result -> {
                        OpenIntent opened = open.remove(result.charge());
                        if (opened != null) {
                          charges.add(
                              new SettledCharge(
                                  found.position().sequence(), opened.intent(), result));
                        }
                      }
                      case Close _ -> {}
                    }
                  });
      Checks.require(scan.identity().isPresent(), () -> "a forked log cannot be read");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    LogRow row = world.database.logs.get(identity.log());
    if (row == null) {
      return;
    }
    for (SettledCharge charge : charges) {
      if (!world.database.exceptions.containsKey(charge.intent().charge())) {
        world.books.book(world.database, row.in(LogState.FORKED), charge, true);
      }
    }
    open.values().forEach(one -> world.register.imported(world.database, identity.log(), one));
  }
}
