package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.internal.operator.ImportedLogs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * For the operator: brings what meter logs hold into the books by charge id, where they are settled
 * no further by themselves. Can be run beside running processes, and again.
 */
public final class MeterLogImport {
  private MeterLogImport() {}

  /**
   * What an import of a log came to.
   *
   * @param charges results that were read
   * @param known those that were in the books before
   * @param booked those that came to the books now
   * @param corrected those among them that had been charged in doubt
   * @param exceptions those that cannot be booked, and are kept for the operator
   * @param inDoubt requests without a result that are in doubt now
   * @param strays results whose intents are not in these files: not booked
   * @param end how the files end
   */
  public record Report(
      UUID log,
      long charges,
      long known,
      long booked,
      long corrected,
      long exceptions,
      long inDoubt,
      long strays,
      String end) {
    public Report {
      requireNonNull(log, "log is null");
      requireNonNull(end, "end is null");
    }
  }

  /**
   * Imports logs.
   *
   * @param path one segment; a directory with the segments of one log; or a data directory, of
   *     which every log is imported
   * @param each told of every log that was imported
   * @throws IOException when one cannot be read or is not to be imported; the message says why, and
   *     what can be done. The others are imported
   */
  public static void run(
      Path path,
      Transactions transactions,
      Ledger ledger,
      QuoteBook quotes,
      Clock clock,
      Consumer<Report> each)
      throws IOException {
    ImportedLogs.run(path, transactions, ledger, quotes, clock, each);
  }
}
