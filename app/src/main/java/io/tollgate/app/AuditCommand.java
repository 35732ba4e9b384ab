package io.tollgate.app;

import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.DatabaseException;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.Metering;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.PostgresException;
import io.tollgate.telemetry.Metrics;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
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
    AuditReport report;
    try (Metrics metrics = Metrics.empty()) {
      report = audit(settings, metrics, scope);
    } catch (PostgresException | DatabaseException e) {
      throw new StartException(String.valueOf(e.getMessage()));
    }
    print(report, Duration.ofNanos(System.nanoTime() - started), out);
    return report.clean() ? 0 : 1;
  }

  private static AuditReport audit(Settings settings, Metrics metrics, AuditScope scope) {
    Path folder = AppConfig.from(settings).dataDirectory();
    // an audit of a large ledger takes as long as it takes
    DatabaseConfig config = DatabaseConfig.from(settings).withStatementTimeout(Duration.ofHours(1));
    SecureRandom random = new SecureRandom();
    if (config.url().isPresent()) {
      try (Database database = Database.attach(config, metrics.registry(), random)) {
        return audit(database, scope);
      }
    }
    if (!Files.isDirectory(folder.resolve("postgres"))) {
      throw new StartException(
          "there are no books in " + folder + " (expected: a data directory; see --data-dir)");
    }
    Optional<Database> inUse = Database.attachRunning(folder, config, metrics.registry(), random);
    if (inUse.isPresent()) {
      try (Database database = inUse.get()) {
        return audit(database, scope);
      }
    }
    try (DataDirectory directory = DataDirectory.open(folder, Clock.systemUTC());
        Database database = Database.open(config, directory, metrics.registry(), random)) {
      return audit(database, scope);
    }
  }

  private static AuditReport audit(Database database, AuditScope scope) {
    return Ledgers.audit(Metering.auditChecks()).run(database.transactions(), scope);
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
