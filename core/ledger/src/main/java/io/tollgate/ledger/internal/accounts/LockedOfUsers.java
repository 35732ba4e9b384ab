package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.LockedMeans;
import io.tollgate.ledger.LockedUsers;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.ledger.internal.PostingClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds and locks the accounts of many users with one query. */
public final class LockedOfUsers {
  // found by the owner, so the asset is made an expression: PostgreSQL would look through the index
  // of keys, tenant after tenant
  private static final String OF_USERS =
      """
      shard = 0
         AND owner = ANY (?::text[])
         AND asset || '' = ANY (?::text[])
         AND kind NOT IN ('limit', 'point_self', 'point_gift', 'point_owed', 'reward')
         AND (expires_at IS NULL OR expires_at > ?::timestamptz)
      """;

  /** In the order of ids, like all locks: the sort is below the locking in the plan. */
  static final String LOCK =
      "SELECT "
          + PlainAccounts.COLUMNS
          + "\n  FROM ledger.account a\n WHERE "
          + OF_USERS
          + " ORDER BY a.id\n   FOR NO KEY UPDATE";

  /** The same, and other accounts by id. */
  static final String LOCK_WITH_OTHERS =
      "SELECT "
          + PlainAccounts.COLUMNS
          + "\n  FROM ledger.account a\n WHERE a.shard = 0\n   AND a.id IN (SELECT id FROM"
          + " ledger.account WHERE "
          + OF_USERS
          + " UNION SELECT unnest(?::bigint[]))\n ORDER BY a.id\n   FOR NO KEY UPDATE OF a";

  private final PostingClock clock;

  public LockedOfUsers(PostingClock clock) {
    this.clock = clock;
  }

  public LockedUsers lock(
      Connection connection,
      Collection<UserOfTenant> users,
      Collection<Asset> assets,
      Collection<AccountId> others)
      throws SQLException {
    Instant now = clock.now();
    Map<UserOfTenant, List<Account>> found = LinkedHashMap.newLinkedHashMap(users.size());
    Map<Owner, List<Account>> byOwner = LinkedHashMap.newLinkedHashMap(users.size());
    for (UserOfTenant user : users) {
      List<Account> accounts = new ArrayList<>();
      found.put(user, accounts);
      byOwner.put(new Owner(user.tenant().value(), AccountKey.owner(user.user())), accounts);
    }
    LockedMeans means =
        users.isEmpty() && others.isEmpty()
            ? PlainAccounts.lock(connection, List.of())
            : lock(connection, byOwner.keySet(), assets, others, now);
    Set<Asset> paid = Set.copyOf(assets);
    for (Account account : means.accounts().values()) {
      AccountKey key = account.key();
      List<Account> own = byOwner.get(new Owner(key.tenant().value(), key.owner()));
      // of the others some are a user's as well, but pay nothing: allowances, grants that ended
      if (own != null && paid.contains(key.asset()) && pays(account, now)) {
        own.add(account);
      }
    }
    found.replaceAll(
        (user, accounts) -> accounts.stream().sorted(AccountTable.PAYING_ORDER).toList());
    return new LockedUsers(means, found);
  }

  private static LockedMeans lock(
      Connection connection,
      Collection<Owner> owners,
      Collection<Asset> assets,
      Collection<AccountId> others,
      Instant now)
      throws SQLException {
    String query = others.isEmpty() ? LOCK : LOCK_WITH_OTHERS;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setArray(
          1, connection.createArrayOf("text", owners.stream().map(Owner::owner).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", assets.stream().map(Asset::code).toArray()));
      statement.setString(3, now.toString());
      if (!others.isEmpty()) {
        statement.setObject(4, others.stream().mapToLong(AccountId::value).toArray());
      }
      return PlainAccounts.locked(statement, owners.size() * assets.size() + others.size());
    }
  }

  private static boolean pays(Account account, Instant now) {
    boolean ended = account.expiresAt().filter(end -> !end.isAfter(now)).isPresent();
    AccountKind kind = account.key().kind();
    return !ended && (kind.isMeans() || kind == AccountKind.OWED);
  }

  private record Owner(long tenant, String owner) {}
}
