package io.tollgate.metering.internal.database.tables;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What may have been spent without being in the books, per log and account. */
public final class AtRiskTable {
  private static final String NOTE =
      """
      INSERT INTO metering.at_risk (log, account_id, cause, units, noted_at)
      SELECT ?, r.account_id, ?, r.units, ?::timestamptz
        FROM unnest(?::bigint[], ?::bigint[]) AS r (account_id, units)
      ON CONFLICT (log, account_id, cause) DO NOTHING
      """;

  private static final String RESOLVE =
      """
      UPDATE metering.at_risk SET resolved_at = ?::timestamptz
       WHERE log = ? AND cause = 'given_up' AND resolved_at IS NULL
      """;

  private AtRiskTable() {}

  /** Why. */
  public enum Cause {
    /** Acknowledged records may be missing from the log. */
    LOSS,
    /** The operator gave the holder up. */
    GIVEN_UP
  }

  public static void note(
      Transaction transaction, UUID log, Cause cause, Map<AccountId, Long> units, Instant now) {
    if (units.isEmpty()) {
      return;
    }
    transaction
        .sql()
        .connection(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
                statement.setObject(1, log);
                statement.setString(2, cause.name().toLowerCase(Locale.ROOT));
                statement.setString(3, now.toString());
                var unused =
                    new ArrayColumns(statement, 3)
                        .accounts(units.keySet())
                        .longs(units.values(), Long::longValue);
                statement.executeUpdate();
              }
            });
  }

  /** The log was settled to its end after all. */
  public static void resolve(Transaction transaction, UUID log, Instant now) {
    int _ = transaction.sql().execute(RESOLVE, now.toString(), log);
  }
}
