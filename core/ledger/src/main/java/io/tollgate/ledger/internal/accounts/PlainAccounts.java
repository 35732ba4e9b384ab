package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.LockedMeans;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Locks and reads accounts that are not hot, thousands at once. */
public final class PlainAccounts {
  /** What is read of an account {@code a}. */
  static final String COLUMNS =
      "a.id, a.tenant_id, a.owner, a.kind, a.asset, a.scale, a.period, a.hot, a.balance, a.held,"
          + " a.floor, a.expires_at, a.priority, a.created_at, a.version, a.account_seq";

  /** In the order of ids, which is that of the primary key: rows need not be sorted. */
  private static final String READ =
      "SELECT "
          + COLUMNS
          + """

              FROM ledger.account a
             WHERE a.id = ANY (?::bigint[]) AND a.shard = 0
             ORDER BY a.id
            """;

  static final String LOCK = READ + "FOR NO KEY UPDATE\n";

  private static final String LOCK_FREE = LOCK + "SKIP LOCKED";

  private PlainAccounts() {}

  /** What was locked here, by whoever asked the ledger for it. */
  private record Locked(Map<AccountId, Account> accounts, LockedAccounts rows)
      implements LockedMeans {}

  /** As they stand, without a lock. */
  public static Map<AccountId, Account> read(Connection connection, Collection<AccountId> ids)
      throws SQLException {
    return lock(connection, ids, READ).accounts();
  }

  public static LockedMeans lock(Connection connection, Collection<AccountId> ids)
      throws SQLException {
    return lock(connection, ids, LOCK);
  }

  /** Does not wait: leaves out what another transaction has locked. */
  public static LockedMeans lockFree(Connection connection, Collection<AccountId> ids)
      throws SQLException {
    return lock(connection, ids, LOCK_FREE);
  }

  public static LockedAccounts of(LockedMeans locked) {
    if (locked instanceof Locked own) {
      return own.rows;
    }
    throw new IllegalArgumentException(
        "locked means of " + locked.getClass().getName() + " (expected: of this ledger)");
  }

  private static LockedMeans lock(Connection connection, Collection<AccountId> ids, String query)
      throws SQLException {
    if (ids.isEmpty()) {
      return new Locked(Map.of(), new LockedAccounts());
    }
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setObject(1, ids.stream().mapToLong(AccountId::value).toArray());
      return locked(statement, ids.size());
    }
  }

  /**
   * What a query has locked.
   *
   * @param statement a query of {@link #COLUMNS}
   * @param expected how many accounts there may be, about
   */
  static LockedMeans locked(PreparedStatement statement, int expected) throws SQLException {
    Map<AccountId, Account> accounts = LinkedHashMap.newLinkedHashMap(expected);
    LockedAccounts locked = new LockedAccounts();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getBoolean("hot")) {
          throw hot(rows.getLong("id"));
        }
        Account account = AccountRows.read(rows, key(rows));
        accounts.put(account.id(), account);
        locked.add(new LockedAccount(account, rows.getLong("account_seq")));
      }
    }
    return new Locked(accounts, locked);
  }

  static IllegalArgumentException hot(long account) {
    return new IllegalArgumentException(
        "account " + account + " is hot (expected: one that is not)");
  }

  /** From columns tenant_id, owner, kind, asset, scale, period. */
  static AccountKey key(ResultSet rows) throws SQLException {
    return new AccountKey(
        new TenantId(rows.getLong("tenant_id")),
        rows.getString("owner"),
        AccountKinds.parse(rows.getString("kind")),
        new Asset(rows.getString("asset"), rows.getInt("scale")),
        rows.getString("period"));
  }
}
