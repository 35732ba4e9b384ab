package io.tollgate.metering.internal.operator;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.MeterLogs.Inspection;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.settlement.LogRegister;
import io.tollgate.metering.internal.settlement.RecoveryPlan;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Damaged;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Forked;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Nothing;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Resume;
import io.tollgate.metering.internal.settlement.RecoveryPlanner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks at the logs that a process left, as the next start will. */
public final class LeftLogs {
  private LeftLogs() {}

  /** See {@link io.tollgate.metering.MeterLogs#any}. */
  public static boolean any(Path dataDirectory) throws IOException {
    return !FileLogShelf.of(dataDirectory).logs().isEmpty();
  }

  /** See {@link io.tollgate.metering.MeterLogs#inspect}. */
  public static List<Inspection> inspect(
      Path dataDirectory, Transactions transactions, Ledger ledger, QuoteBook quotes, Clock clock)
      throws IOException {
    LogShelf shelf = FileLogShelf.of(dataDirectory);
    // only asked where logs stand; nothing is entered, so no directory is named
    LogRegister register =
        new DatabaseRegister(transactions, ledger, quotes, clock, new UUID(0, 0));
    // whether something may have been lost with another boot is for the start to note
    Circumstances circumstances =
        new Circumstances(register.ledger(), new UUID(0, 0), true, clock.instant());
    List<Inspection> found = new ArrayList<>();
    for (UUID log : shelf.logs()) {
      RecoveryPlan plan =
          RecoveryPlanner.plan(log, shelf.log(log), register.find(log), circumstances);
      switch (plan) {
        case Nothing _ -> {}
        case Resume resume -> found.add(new Inspection(log, true, resume.explain()));
        case Forked forked ->
            found.add(
                new Inspection(
                    log,
                    true,
                    forked.explain()
                        + "; it is kept, and nothing more of it is settled by itself"));
        case Damaged damaged -> found.add(new Inspection(log, false, damaged.explain()));
      }
    }
    return List.copyOf(found);
  }
}
