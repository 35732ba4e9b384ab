package io.tollgate.ledger.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReport;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.SqlCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;

/** The ledger's own checks, then those of the contexts above it. */
public final class BooksAudit implements Audit {
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
    Sizes sizes = sizes(snapshot, scope);
    AuditLanes lanes = new AuditLanes(checks, scope);
    lanes.run(snapshot);
    return report(scope, sizes, lanes.results());
  }

  @Override
  public AuditReport run(Transactions transactions, AuditScope scope) {
    AuditLanes lanes = new AuditLanes(checks, scope);
    Sizes sizes = lanes.run(transactions, snapshot -> sizes(snapshot, scope));
    return report(scope, sizes, lanes.results());
  }

  private AuditReport report(AuditScope scope, Sizes sizes, List<AuditLanes.Checked> results) {
    return new AuditReport(
        sizes.at,
        scope.since(),
        sizes.accounts,
        sizes.transfers,
        sizes.entries,
        checks.stream().map(AuditCheck::name).toList(),
        results.stream().flatMap(result -> result.findings().stream()).toList(),
        results.stream().flatMap(result -> result.notes().stream()).toList());
  }

  private static Sizes sizes(Transaction snapshot, AuditScope scope) {
    return snapshot.sql().connectionResult(connection -> sizes(connection, scope));
  }

  private static Sizes sizes(Connection connection, AuditScope scope) throws SQLException {
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
