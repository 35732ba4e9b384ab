package io.tollgate.ledger.internal.accounts;

import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.ledger.internal.PostingClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the accounts of many users with one query. */
public final class AccountsOfUsers {
  // + 0: found by the owner. Until a table that grows has been analysed, PostgreSQL takes a tenant
  // for rarer than an owner, and would go through all accounts of the tenant
  static final String READ =
      """
      SELECT a.id, a.tenant_id, a.owner, a.kind, a.asset, a.scale, a.period, a.balance, a.held,
             a.floor, a.expires_at, a.priority, a.created_at, a.version
        FROM unnest(?::bigint[], ?::text[]) AS u (tenant_id, owner)
        JOIN ledger.account a ON a.owner = u.owner AND a.tenant_id + 0 = u.tenant_id
       WHERE a.shard = 0
         AND a.kind NOT IN ('limit', 'point_self', 'point_gift', 'point_owed', 'reward')
         AND (a.expires_at IS NULL OR a.expires_at > ?::timestamptz)
      """;

  private final PostingClock clock;

  public AccountsOfUsers(PostingClock clock) {
    this.clock = clock;
  }

  public Map<UserOfTenant, List<Account>> read(
      Connection connection, Collection<UserOfTenant> users) throws SQLException {
    Map<UserOfTenant, List<Account>> found = new LinkedHashMap<>();
    Map<Owner, List<Account>> byOwner = new HashMap<>();
    for (UserOfTenant user : users) {
      List<Account> accounts = new ArrayList<>();
      found.put(user, accounts);
      byOwner.put(new Owner(user.tenant().value(), AccountKey.owner(user.user())), accounts);
    }
    List<Owner> owners = List.copyOf(byOwner.keySet());
    if (owners.isEmpty()) {
      return found;
    }
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, owners.stream().mapToLong(Owner::tenant).toArray());
      statement.setArray(
          2, connection.createArrayOf("text", owners.stream().map(Owner::owner).toArray()));
      statement.setString(3, clock.now().toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          AccountKey key = PlainAccounts.key(rows);
          byOwner
              .getOrDefault(new Owner(key.tenant().value(), key.owner()), List.of())
              .add(AccountRows.read(rows, key));
        }
      }
    }
    found.replaceAll(
        (user, accounts) -> accounts.stream().sorted(AccountTable.PAYING_ORDER).toList());
    return found;
  }

  private record Owner(long tenant, String owner) {}
}
