package io.tollgate.ledger.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The ledger's own checks, then those of the contexts above it. */
public final class BooksAudit implements Audit {
  /** Replaying a chain sorts all its entries: in memory if they fit into this. */
  private static final String MEMORY = "SET LOCAL work_mem = '64MB'";

  private static final String SIZES =
      """
      SELECT now() AS at,
             (SELECT count(*) FROM ledger.account) AS accounts,
             (SELECT count(*) FROM ledger.transfer WHERE id >= ?) AS transfers,
             (SELECT count(*) FROM ledger.entry WHERE transfer_id >= ?) AS entries
      """;

  private final List<AuditCheck> checks;

  public BooksAudit(List<AuditCheck> more, List<String> reservations) {
    this.checks = Stream.concat(LedgerChecks.all(reservations).stream(), more.stream()).toList();
  }

  @Override
  public AuditReport run(Transaction snapshot, AuditScope scope) {
    Sizes sizes = snapshot.sql().connectionResult(connection -> sizes(connection, scope));
    List<String> names = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (AuditCheck check : checks) {
      names.add(check.name());
      findings.addAll(check.run(snapshot, scope));
      notes.addAll(check.notes(snapshot, scope));
    }
    return new AuditReport(
        sizes.at,
        scope.since(),
        sizes.accounts,
        sizes.transfers,
        sizes.entries,
        names,
        findings,
        notes);
  }

  private static Sizes sizes(Connection connection, AuditScope scope) throws SQLException {
    try (Statement memory = connection.createStatement()) {
      memory.execute(MEMORY);
    }
    try (PreparedStatement statement = connection.prepareStatement(SIZES)) {
      statement.setObject(1, SqlCheck.lowestId(scope));
      statement.setObject(2, SqlCheck.lowestId(scope));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return new Sizes(
            rows.getObject("at", OffsetDateTime.class).toInstant(),
            rows.getLong("accounts"),
            rows.getLong("transfers"),
            rows.getLong("entries"));
      }
    }
  }

  private record Sizes(Instant at, long accounts, long transfers, long entries) {}
}
