package io.tollgate.ledger.internal;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Locks and reads accounts that are not hot, thousands at once. */
final class PlainAccounts {
  static final String LOCK =
      """
      SELECT id, tenant_id, owner, kind, asset, scale, period, hot, balance, held, floor, expires_at,
             priority, created_at, version
        FROM ledger.account
       WHERE id = ANY (?::bigint[]) AND shard = 0
       ORDER BY hot, id, shard
         FOR NO KEY UPDATE
      """;

  private PlainAccounts() {}

  static Map<AccountId, Account> lock(Connection connection, Collection<AccountId> ids)
      throws SQLException {
    Map<AccountId, Account> accounts = LinkedHashMap.newLinkedHashMap(ids.size());
    if (ids.isEmpty()) {
      return accounts;
    }
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setObject(1, ids.stream().mapToLong(AccountId::value).toArray());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean("hot")) {
            throw hot(rows.getLong("id"));
          }
          Account account = AccountRows.read(rows, key(rows));
          accounts.put(account.id(), account);
        }
      }
    }
    return accounts;
  }

  static IllegalArgumentException hot(long account) {
    return new IllegalArgumentException(
        "account " + account + " is hot (expected: one that is not)");
  }

  private static AccountKey key(ResultSet rows) throws SQLException {
    return new AccountKey(
        new TenantId(rows.getLong("tenant_id")),
        rows.getString("owner"),
        AccountKinds.parse(rows.getString("kind")),
        new Asset(rows.getString("asset"), rows.getInt("scale")),
        rows.getString("period"));
  }
}
