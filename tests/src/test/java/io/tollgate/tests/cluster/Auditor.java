package io.tollgate.tests.cluster;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.EventsConfig;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.Metering;
import io.tollgate.postgres.EmbeddedPostgres;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The audit, as its command runs it, in this process. */
final class Auditor {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Auditor() {}

  /** What does not fit; empty when the books are clean. */
  static List<AuditFinding> findings(PostgresServer postgres) {
    DatabaseConfig config =
        new DatabaseConfig(
            Optional.of(postgres.url()),
            Optional.of(EmbeddedPostgres.SUPERUSER),
            Optional.of(postgres.password()),
            0,
            2,
            LONGEST,
            LONGEST,
            EventsConfig.DEFAULTS);
    try (Database database =
        Database.attach(config, new SimpleMeterRegistry(), new SecureRandom())) {
      return Ledgers.audit(Metering.auditChecks(), Metering.auditReservations())
          .run(database.transactions(), AuditScope.WHOLE)
          .findings();
    }
  }
}
