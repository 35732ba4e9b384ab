package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.metering.Durability;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.settlement.LogImport;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.RecoveryPlan;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator does about logs that are settled no further: what they hold is imported, and
 * their leases are given up.
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
    giveUpMovedOut();
    for (Machine machine : world.machines) {
      for (UUID log : machine.disk.logs()) {
        LogRow row = world.database.logs.get(log);
        if (row != null && row.state() == LogState.FORKED) {
          read(machine, machine.disk.log(log));
        }
      }
    }
    world.movedOut.forEach(
        (log, storage) -> {
          if (world.database.logs.containsKey(log)) {
            read(world.machines.getFirst(), storage);
          }
        });
    for (LogRow row : List.copyOf(world.database.logs.values())) {
      if (row.state() == LogState.FORKED) {
        var _ = world.books.free(world.database, row.identity().log());
      }
    }
  }

  /** Nobody will settle them any more. */
  private void giveUpMovedOut() {
    for (UUID log : world.movedOut.keySet()) {
      LogRow row = world.database.logs.get(log);
      if (row != null && row.state() != LogState.ENDED) {
        var _ = world.books.free(world.database, log);
        world.database.logs.put(log, row.in(LogState.LOST));
      }
    }
  }

  private void read(Machine machine, LogStorage storage) {
    try {
      var _ = LogImport.run(storage, new Line(world, machine), new ModelImport(world));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
