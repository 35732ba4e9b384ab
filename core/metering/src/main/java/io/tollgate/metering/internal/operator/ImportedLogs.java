package io.tollgate.metering.internal.operator;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.MeterLogImport.Report;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.internal.database.register.DatabaseImport;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogFiles;
import io.tollgate.metering.internal.meterlog.LogReader;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.UnreadableLog;
import io.tollgate.metering.internal.settlement.ImportBook;
import io.tollgate.metering.internal.settlement.LogImport;
import io.tollgate.metering.internal.settlement.LogRegister;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Imports the logs that are found in a place. */
public final class ImportedLogs {
  private ImportedLogs() {}

  /** See {@link io.tollgate.metering.MeterLogImport#run}. */
  public static void run(
      Path path,
      Transactions transactions,
      Ledger ledger,
      QuoteBook quotes,
      Clock clock,
      Consumer<Report> each)
      throws IOException {
    // nothing is entered, so no directory is named
    LogRegister register =
        new DatabaseRegister(transactions, ledger, quotes, clock, new UUID(0, 0));
    ImportBook book = new DatabaseImport(transactions, ledger, quotes, clock);
    LogShelf shelf = FileLogShelf.of(path);
    List<UUID> logs = shelf.logs();
    if (logs.isEmpty()) {
      each.accept(LogImport.run(LogFiles.at(path), register, book));
      return;
    }
    List<String> refusals = new ArrayList<>();
    for (UUID log : logs) {
      LogStorage storage = shelf.log(log);
      try {
        if (!LogReader.isBlank(storage)) {
          each.accept(LogImport.run(storage, register, book));
        }
      } catch (UnreadableLog e) {
        refusals.add(String.valueOf(e.getMessage()));
      }
    }
    if (!refusals.isEmpty()) {
      throw new UnreadableLog(String.join("; ", refusals));
    }
  }
}
