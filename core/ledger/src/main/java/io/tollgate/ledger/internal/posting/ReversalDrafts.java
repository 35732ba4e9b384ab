package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.ledger.internal.PostingClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Drafts the contra transfer of a transfer. */
final class ReversalDrafts {
  private static final String OPERATION = "ledger.reverse";

  private static final String READ =
      """
      SELECT t.operation, t.reference, e.account_id, e.amount
        FROM ledger.transfer t
        LEFT JOIN ledger.entry e ON e.transfer_id = t.id
       WHERE t.id = ? AND t.tenant_id = ?
       ORDER BY e.seq
      """;

  private final PostingClock clock;

  ReversalDrafts(PostingClock clock) {
    this.clock = clock;
  }

  /**
   * The same legs with the other sign, under the same reference; the key is the transfer's id, so
   * that it is posted once whatever the reason given.
   */
  TransferDraft draft(Connection connection, TenantId tenant, UUID transfer, String reason)
      throws SQLException {
    List<Leg> legs = new ArrayList<>();
    String reference = "";
    boolean found = false;
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, transfer);
      statement.setLong(2, tenant.value());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          requireReversible(transfer, rows.getString("operation"));
          found = true;
          reference = rows.getString("reference");
          long account = rows.getLong("account_id");
          if (!rows.wasNull()) {
            long units = Math.negateExact(rows.getLong("amount"));
            legs.add(new Leg(new AccountId(account), units));
          }
        }
      }
    }
    if (!found) {
      throw new Refusal(ErrorCode.NOT_FOUND, "transfer " + transfer + " is not there");
    }
    TransferRequest request =
        new TransferRequest(
            "reversal",
            tenant,
            OPERATION,
            transfer.toString(),
            RequestHash.of(OPERATION, transfer.toString()),
            reference,
            clock.now(),
            legs,
            List.of());
    return new TransferDraft(request, Optional.of(transfer), reason);
  }

  /**
   * Reversed, a fold would do nothing and a payment of what is owed would be paid again at once.
   */
  private static void requireReversible(UUID transfer, String operation) {
    if (operation.equals(PostingPlan.FOLD) || operation.equals(OwedPayments.OPERATION)) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "transfer " + transfer + " is of " + operation + " (expected: not the ledger's own)");
    }
  }
}
