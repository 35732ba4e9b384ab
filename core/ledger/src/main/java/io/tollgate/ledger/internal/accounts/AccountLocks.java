package io.tollgate.ledger.internal.accounts;

import io.tollgate.ledger.Leg;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Locks accounts before anything is decided or written. One order for everybody: plain accounts by
 * id, then hot ones by id and shard. Hot accounts come last so that a transaction which locked a
 * user's accounts before it knew what it would post still keeps the order, and so that what many
 * wait for is held for the shortest time.
 */
public final class AccountLocks {
  /**
   * Of a hot account only the shard that is written is locked; all of them where it is debited and
   * has a floor, because a debit may have to fold the others into shard 0. With what is credited
   * goes what its owner owes, because the credit pays that first. The sort is below the locking in
   * the plan and its keys never change, so rows are locked in this order.
   */
  private static final String LOCK =
      "SELECT "
          + LockedAccount.COLUMNS
          + """

            FROM ledger.account a
            JOIN (SELECT u.id, bool_or(u.takes) AS takes, bool_or(u.gives) AS gives,
                         bool_or(u.frees) AS frees
                    FROM (SELECT x.id, x.takes, x.gives, false AS frees
                            FROM unnest(?::bigint[], ?::boolean[], ?::boolean[]) AS x (id, takes, gives)
                          UNION ALL
                          SELECT l.account_id, false, false, true
                            FROM ledger.hold_leg l
                           WHERE l.hold_id = ANY (?::uuid[])
                          UNION ALL
                          SELECT o.id, false, false, false
                            FROM unnest(?::bigint[]) AS c (id)
                            JOIN ledger.account m
                              ON m.id = c.id AND m.shard = 0 AND m.kind IN ('balance', 'gift', 'grant')
                            JOIN ledger.account o
                              ON o.tenant_id = m.tenant_id AND o.owner = m.owner AND o.kind = 'owed'
                             AND o.asset = m.asset AND o.period = '' AND o.shard = 0) u
                   GROUP BY u.id) w ON w.id = a.id
           WHERE NOT a.hot
              OR (w.takes AND (a.shard = 0 OR a.floor IS NOT NULL))
              OR (w.gives AND a.shard = ?)
              OR (w.frees AND a.shard = 0)
           ORDER BY a.hot, a.id, a.shard
             FOR NO KEY UPDATE OF a
          """;

  static final String LOCK_BY_ID =
      "SELECT "
          + LockedAccount.COLUMNS
          + """

            FROM ledger.account a
           WHERE a.id = ANY (?::bigint[])
             AND (NOT a.hot OR a.shard = ?)
           ORDER BY a.hot, a.id, a.shard
             FOR NO KEY UPDATE
          """;

  /** The same for one account, of which arrays of one element would be planned anew each time. */
  static final String LOCK_ONE =
      "SELECT "
          + LockedAccount.COLUMNS
          + """

            FROM ledger.account a
           WHERE a.id = ?
             AND (NOT a.hot OR a.shard = ?)
           ORDER BY a.hot, a.shard
             FOR NO KEY UPDATE
          """;

  private AccountLocks() {}

  /**
   * Locks what is wanted and the accounts of the holds.
   *
   * @param shard the shard of hot accounts that credits go to
   */
  public static void lock(
      Connection connection,
      AccountUse wants,
      Collection<UUID> holds,
      int shard,
      LockedAccounts into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setArray(1, connection.createArrayOf("int8", boxed(wants.accounts())));
      statement.setArray(2, connection.createArrayOf("bool", wants.takes()));
      statement.setArray(3, connection.createArrayOf("bool", wants.gives()));
      statement.setArray(4, connection.createArrayOf("uuid", holds.toArray()));
      statement.setObject(5, wants.credited());
      statement.setInt(6, shard);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          into.add(new LockedAccount(rows));
        }
      }
    }
  }

  /**
   * Locks accounts that joined one of the holds after ours were locked and before the hold was. Out
   * of order, so it may deadlock and be run again; only an extension that meets the end of the same
   * hold gets here.
   */
  public static void lockLateComers(
      Connection connection, OpenHolds holds, int shard, LockedAccounts into) throws SQLException {
    AccountUse late = new AccountUse();
    for (OpenHolds.Hold hold : holds.all()) {
      for (Leg leg : hold.legs()) {
        if (!into.containsZero(leg.account().value())) {
          late.takes(leg.account().value());
        }
      }
    }
    if (late.accounts().length > 0) {
      lock(connection, late, List.of(), shard, into);
    }
  }

  /**
   * Locks accounts by id, of hot ones the one shard only.
   *
   * @param shard the shard of hot accounts that credits go to
   */
  public static LockedAccounts lock(Connection connection, long[] accounts, int shard)
      throws SQLException {
    LockedAccounts locked = new LockedAccounts();
    lock(connection, accounts, shard, locked);
    return locked;
  }

  /** The same, added to what is locked already. */
  public static void lock(Connection connection, long[] accounts, int shard, LockedAccounts into)
      throws SQLException {
    if (accounts.length == 0) {
      return;
    }
    boolean one = accounts.length == 1;
    try (PreparedStatement statement = connection.prepareStatement(one ? LOCK_ONE : LOCK_BY_ID)) {
      statement.setObject(1, one ? (Object) accounts[0] : accounts);
      statement.setInt(2, shard);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          into.add(new LockedAccount(rows));
        }
      }
    }
  }

  private static Long[] boxed(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }
}
