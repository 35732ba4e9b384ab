package io.tollgate.app;

import io.tollgate.data.Database;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ParseResult;

/**
 * Checks the books of a data directory, whether a process has it open or not, or of the configured
 * database.
 */
final class AuditCommand {
  private AuditCommand() {}

  static int run(Settings settings, ParseResult parsed, PrintWriter out) {
    AuditScope scope = scope(parsed.matchedOptionValue("--since", ""));
    long started = System.nanoTime();
    // an audit of a large ledger takes as long as it takes
    AuditReport report =
        BooksDatabase.use(settings, Duration.ofHours(1), database -> audit(database, scope));
    print(report, Duration.ofNanos(System.nanoTime() - started), out);
    return report.clean() ? 0 : 1;
  }

  private static AuditReport audit(Database database, AuditScope scope) {
    return ProgramAudit.create().run(database.transactions(), scope);
  }

  private static AuditScope scope(String since) {
    if (since.isEmpty()) {
      return AuditScope.WHOLE;
    }
    try {
      return AuditScope.since(Instant.parse(since));
    } catch (DateTimeParseException e) {
      throw new SettingsException(
          "--since: " + since + " (expected: a time such as 2026-11-01T00:00:00Z)");
    }
  }

  private static void print(AuditReport report, Duration took, PrintWriter out) {
    out.println(
        "Audit at "
            + report.at()
            + report.since().map(since -> ", of what was posted since " + since).orElse("")
            + ": "
            + report.accounts()
            + " accounts, "
            + report.transfers()
            + " transfers, "
            + report.entries()
            + " entries, "
            + report.checks().size()
            + " checks in "
            + took.toMillis()
            + " ms.");
    report.notes().forEach(note -> out.println("  note: " + note));
    report.findings().forEach(finding -> out.println("  " + finding));
    out.println(report.clean() ? "The books are clean." : "The books do not fit.");
  }
}
