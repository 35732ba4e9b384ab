package io.tollgate.app;

import io.tollgate.billing.PriceTable;
import io.tollgate.data.Database;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.MeterLogImport;
import io.tollgate.metering.MeterLogImport.Report;
import io.tollgate.metering.MeterLogs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * Prints a meter log; exit code 1 when it cannot be used as it is. Or imports one, or those of a
 * data directory; exit code 1 when something could not be booked.
 */
final class MeterLogCommand {
  private static final String IMPORT = "import";

  private MeterLogCommand() {}

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    List<String> words = parsed.matchedPositionalValue(0, List.<String>of());
    boolean imports = words.size() == 2 && words.getFirst().equals(IMPORT);
    if (!imports && words.size() != 1) {
      throw new SettingsException(
          "meterlog " + String.join(" ", words) + " (expected: FILE, or import PATH)");
    }
    Path path = Path.of(words.getLast());
    if (!imports) {
      return print(path, out);
    }
    return BooksDatabase.use(
        settings, Duration.ofMinutes(1), database -> importFrom(path, database, out));
  }

  private static int print(Path file, PrintWriter out) {
    try {
      return MeterLogs.describe(file, out) ? 0 : 1;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static int importFrom(Path path, Database database, PrintWriter out) {
    Clock clock = Clock.systemUTC();
    List<Report> reports = new ArrayList<>();
    try {
      MeterLogImport.run(
          path,
          database.transactions(),
          Ledgers.create(clock, new SecureRandom()),
          PriceTable.shipped(),
          clock,
          report -> {
            reports.add(report);
            print(report, out);
          });
      boolean whole = reports.stream().allMatch(one -> one.exceptions() + one.strays() == 0);
      return whole ? 0 : 1;
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void print(Report report, PrintWriter out) {
    out.println("log " + report.log() + ": " + report.charges() + " charges read; " + report.end());
    out.println("  " + report.known() + " in the books before");
    out.println(
        "  "
            + report.booked()
            + " booked now, "
            + report.corrected()
            + " of them charged in doubt"
            + " before: given back, and charged what they used");
    out.println("  " + report.exceptions() + " cannot be booked: kept as exceptions, see audit");
    out.println(
        "  "
            + report.inDoubt()
            + " requests in doubt: a running gateway resolves them by their"
            + " tenant's rule, or see /api/in-doubt");
    out.println("  " + report.strays() + " results without their intent: not booked");
  }

  private static StartException unreadable(Path file, IOException e) {
    return e instanceof NoSuchFileException
        ? new StartException(file + " is not there (expected: a meter log or its directory)")
        : new StartException(file + " cannot be read: " + e.getMessage());
  }
}
