package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.internal.meterlog.LogDescription;
import io.tollgate.metering.internal.operator.LeftLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** What can be said about meter logs without a running system. Only reads. */
public final class MeterLogs {
  private MeterLogs() {}

  /**
   * A log of a data directory.
   *
   * @param usable whether a start can go on from it
   * @param explain what it holds; or what is wrong, and what can be done
   */
  public record Inspection(UUID log, boolean usable, String explain) {
    public Inspection {
      requireNonNull(log, "log is null");
      requireNonNull(explain, "explain is null");
    }
  }

  /**
   * Prints the records of a log and what is wrong with it.
   *
   * @param path one segment, or a directory with the segments of one log
   * @return whether the log can be used as it is; a torn tail does no harm
   * @throws IOException when it cannot be read
   */
  public static boolean describe(Path path, PrintWriter out) throws IOException {
    return LogDescription.print(path, out);
  }

  /** Whether a data directory has logs at all. */
  public static boolean any(Path dataDirectory) throws IOException {
    return LeftLogs.any(dataDirectory);
  }

  /**
   * Looks at the logs of a data directory that no process uses, by what the books say of them.
   *
   * @return those that a start would have to deal with
   * @throws IOException when one cannot be read
   */
  public static List<Inspection> inspect(
      Path dataDirectory, Transactions transactions, Ledger ledger, QuoteBook quotes, Clock clock)
      throws IOException {
    return LeftLogs.inspect(dataDirectory, transactions, ledger, quotes, clock);
  }
}
