package io.tollgate.ledger.internal.posting;

import io.tollgate.ledger.Leg;
import io.tollgate.ledger.internal.accounts.AccountLocks;
import io.tollgate.ledger.internal.accounts.LockedAccount;
import io.tollgate.ledger.internal.accounts.LockedAccounts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes the held part of accounts without opening a hold, for reservations that are kept
 * elsewhere.
 */
final class HeldMoves {
  private static final String MOVE =
      """
      UPDATE ledger.account a
         SET held = m.held, version = a.version + 1
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS m (account_id, held, version)
       WHERE a.id = m.account_id AND a.shard = 0 AND a.version = m.version
      """;

  private HeldMoves() {}

  static void move(Connection connection, List<Leg> changes) throws SQLException {
    long[] ids = changes.stream().mapToLong(leg -> leg.account().value()).distinct().toArray();
    move(connection, AccountLocks.lock(connection, ids, 0), changes);
  }

  /** On accounts that are locked already. */
  static void move(Connection connection, LockedAccounts accounts, List<Leg> changes)
      throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    accounts.decide();
    List<LockedAccount> rows = decide(accounts, changes);
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setObject(1, rows.stream().mapToLong(row -> row.id).toArray());
      statement.setObject(2, rows.stream().mapToLong(LockedAccount::held).toArray());
      statement.setObject(3, rows.stream().mapToLong(LockedAccount::version).toArray());
      requireAll(statement.executeUpdate(), rows);
    }
    accounts.written(rows);
  }

  /** Rows that somebody else changed after they were locked are not those that were decided on. */
  static void requireAll(long updated, List<LockedAccount> rows) {
    if (updated != rows.size()) {
      throw new IllegalStateException(
          updated
              + " accounts as they were locked (expected: "
              + rows.size()
              + "; the transaction has changed others in between)");
    }
  }

  private static List<LockedAccount> decide(LockedAccounts accounts, List<Leg> changes) {
    try {
      Set<LockedAccount> rows = new LinkedHashSet<>();
      for (Leg change : changes) {
        LockedAccount row = accounts.plain(change.account().value());
        row.addHeld(change.units());
        rows.add(row);
      }
      rows.forEach(LockedAccount::requireCovered);
      return List.copyOf(rows);
    } catch (ArithmeticException e) {
      throw LockedAccount.doesNotFit(e);
    }
  }
}
