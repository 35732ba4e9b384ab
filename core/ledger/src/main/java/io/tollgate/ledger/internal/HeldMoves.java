package io.tollgate.ledger.internal;

import io.tollgate.ledger.Leg;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Changes what is held of accounts without a hold: for reservations that are kept elsewhere. */
final class HeldMoves {
  private static final String MOVE =
      """
      UPDATE ledger.account a
         SET held = m.held, version = a.version + 1
        FROM unnest(?::bigint[], ?::bigint[]) AS m (account_id, held)
       WHERE a.id = m.account_id AND a.shard = 0
      """;

  private HeldMoves() {}

  static void move(Connection connection, List<Leg> changes) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    long[] ids = changes.stream().mapToLong(leg -> leg.account().value()).distinct().toArray();
    LockedAccounts accounts = AccountLocks.lock(connection, ids, 0);
    long[] held = decide(accounts, ids, changes);
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setObject(1, ids);
      statement.setObject(2, held);
      statement.executeUpdate();
    }
  }

  private static long[] decide(LockedAccounts accounts, long[] ids, List<Leg> changes) {
    try {
      for (Leg change : changes) {
        LockedAccount row = accounts.plain(change.account().value());
        row.held = Math.addExact(row.held, change.units());
      }
      long[] held = new long[ids.length];
      for (int i = 0; i < ids.length; i++) {
        LockedAccount row = accounts.plain(ids[i]);
        row.requireCovered();
        held[i] = row.held;
      }
      return held;
    } catch (ArithmeticException e) {
      throw LockedAccount.doesNotFit(e);
    }
  }
}
