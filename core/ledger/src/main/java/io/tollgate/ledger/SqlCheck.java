package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.internal.PostingClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A check that is one query: it answers the rows that do not fit as three texts, {@code row},
 * {@code expected} and {@code found}, the first such row first. In the query {@code :from} stands
 * for the smallest transfer id in scope and {@code :since} for its time; they are written in as
 * literals, so that the planner sees how much is to be read.
 */
public record SqlCheck(String name, String query) implements AuditCheck {
  public SqlCheck {
    requireNonNull(name, "name is null");
    requireNonNull(query, "query is null");
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return snapshot.sql().connectionResult(connection -> run(connection, scope));
  }

  /** The smallest transfer id in scope. */
  public static UUID lowestId(AuditScope scope) {
    return PostingClock.lowestId(scope.since().orElse(Instant.EPOCH));
  }

  private List<AuditFinding> run(Connection connection, AuditScope scope) throws SQLException {
    String scoped =
        query
            .replace(":from", "'" + lowestId(scope) + "'::uuid")
            .replace(":since", "'" + scope.since().orElse(Instant.EPOCH) + "'::timestamptz");
    try (PreparedStatement statement = connection.prepareStatement(scoped)) {
      // no LIMIT: the planner would join by nested loops to get the first rows soon, and in clean
      // books there are none
      statement.setMaxRows(scope.maxFindings());
      List<AuditFinding> findings = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          findings.add(
              new AuditFinding(name, rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
      return findings;
    }
  }
}
