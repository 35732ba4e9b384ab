package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.settlement.ImportBook;
import io.tollgate.metering.internal.settlement.SettledCharge;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Imports as transactions of the model database. */
final class ModelImport implements ImportBook {
  private final World world;

  ModelImport(World world) {
    this.world = world;
  }

  @Override
  public Outcome book(UUID log, List<SettledCharge> charges) {
    for (SettledCharge charge : charges) {
      ChargeId id = charge.intent().charge();
      if (world.books.unbookable.contains(id) && !isSettled(id)) {
        throw new IllegalArgumentException("this charge cannot be booked");
      }
    }
    int known = 0;
    for (SettledCharge charge : charges) {
      known += isSettled(charge.intent().charge()) ? 1 : 0;
      book(log, charge);
    }
    return new Outcome(known, charges.size() - known, 0);
  }

  private void book(UUID log, SettledCharge charge) {
    try {
      world.books.book(world.database, row(log), charge, true);
    } catch (RuntimeException e) {
      // whoever imports would keep it as an exception and go on
      world.fail(e);
      throw e;
    }
  }

  private boolean isSettled(ChargeId id) {
    Booked booked = world.database.booked.get(id);
    return booked != null && !booked.decided();
  }

  @Override
  public void keep(UUID log, SettledCharge charge, String why) {
    world.database.exceptions.putIfAbsent(charge.intent().charge(), Map.of());
  }

  @Override
  public int doubt(UUID log, List<OpenIntent> open) {
    int before = world.database.inDoubt.size();
    open.forEach(one -> world.register.imported(world.database, log, one));
    return world.database.inDoubt.size() - before;
  }

  private LogRow row(UUID log) {
    LogRow row = world.database.logs.get(log);
    if (row == null) {
      throw new IllegalStateException("log " + log + " (expected: in the register)");
    }
    return row;
  }
}
