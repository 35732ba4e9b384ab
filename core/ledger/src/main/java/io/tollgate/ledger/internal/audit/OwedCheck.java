package io.tollgate.ledger.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes what users owe, the largest debts first: that is no fault of the books, but an operator
 * should see it.
 */
final class OwedCheck implements AuditCheck {
  private static final String OWED =
      """
      SELECT id, tenant_id, owner, asset, scale, balance
        FROM ledger.account
       WHERE kind = 'owed' AND shard = 0 AND balance < 0
       ORDER BY balance, id
       LIMIT ?
      """;

  @Override
  public String name() {
    return "ledger.owed";
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return List.of();
  }

  @Override
  public List<String> notes(Transaction snapshot, AuditScope scope) {
    return snapshot
        .sql()
        .connectionResult(
            connection -> {
              List<String> notes = new ArrayList<>();
              try (PreparedStatement statement = connection.prepareStatement(OWED)) {
                statement.setInt(1, scope.maxFindings());
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    Asset asset = new Asset(rows.getString("asset"), rows.getInt("scale"));
                    notes.add(
                        "owed: tenant %d %s owes %s (account %d)"
                            .formatted(
                                rows.getLong("tenant_id"),
                                rows.getString("owner"),
                                new Amount(asset, Math.negateExact(rows.getLong("balance"))),
                                rows.getLong("id")));
                  }
                }
              }
              return notes;
            });
  }
}
