package io.tollgate.ledger.internal.accounts;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.internal.PostingClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Opens and reads accounts. */
public final class AccountTable {
  private static final String DEFINE =
      "INSERT INTO ledger.asset (code, scale) VALUES (?, ?) ON CONFLICT (code) DO NOTHING";

  private static final String SCALE = "SELECT scale FROM ledger.asset WHERE code = ?";

  private static final String ID =
      """
      SELECT id FROM ledger.account
       WHERE tenant_id = ? AND owner = ? AND kind = ? AND asset = ? AND period = ? AND shard = 0
      """;

  private static final String OPEN =
      """
      WITH zero AS (
        INSERT INTO ledger.account (tenant_id, owner, kind, asset, period, scale, hot, floor,
                                    expires_at, priority, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?::timestamptz)
        ON CONFLICT ON CONSTRAINT account_key DO NOTHING
        RETURNING *
      ), shards AS (
        INSERT INTO ledger.account (id, shard, tenant_id, owner, kind, asset, period, scale, hot,
                                    floor, created_at)
        SELECT z.id, s.shard, z.tenant_id, z.owner, z.kind, z.asset, z.period, z.scale, z.hot,
               z.floor, z.created_at
          FROM zero z, generate_series(1, ?) AS s (shard)
         WHERE z.hot
      )
      SELECT id FROM zero
      """;

  private static final String FIND =
      """
      SELECT min(id) AS id, sum(balance)::bigint AS balance, sum(held)::bigint AS held,
             min(floor) AS floor, min(expires_at) AS expires_at, max(priority) AS priority,
             min(created_at) AS created_at, sum(version)::bigint AS version
        FROM ledger.account
       WHERE tenant_id = ? AND owner = ? AND kind = ? AND asset = ? AND period = ?
      HAVING count(*) > 0
      """;

  private static final String FIND_ALL =
      """
      SELECT k.place, min(a.id) AS id, sum(a.balance)::bigint AS balance,
             sum(a.held)::bigint AS held, min(a.floor) AS floor, min(a.expires_at) AS expires_at,
             max(a.priority) AS priority, min(a.created_at) AS created_at,
             sum(a.version)::bigint AS version
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
             WITH ORDINALITY AS k (tenant_id, owner, kind, asset, period, place)
        JOIN ledger.account a USING (tenant_id, owner, kind, asset, period)
       GROUP BY k.place
      """;

  public static final String OF_USER =
      """
      SELECT id, kind, asset, scale, period, balance, held, floor, expires_at, priority, created_at,
             version
        FROM ledger.account
       WHERE tenant_id = ? AND owner = ? AND shard = 0
         AND kind NOT IN ('limit', 'point_self', 'point_gift', 'point_owed', 'reward')
         AND (expires_at IS NULL OR expires_at > ?::timestamptz)
       ORDER BY hot, id, shard
      """;

  /** Grants that end first, then by priority and age; after them gifts, the balance, and owed. */
  static final Comparator<Account> PAYING_ORDER =
      Comparator.comparingInt(AccountTable::rank)
          .thenComparing(account -> account.expiresAt().orElse(Instant.MAX))
          .thenComparingInt(Account::priority)
          .thenComparing(Account::createdAt)
          .thenComparingLong(account -> account.id().value());

  private final PostingClock clock;

  public AccountTable(PostingClock clock) {
    this.clock = clock;
  }

  public void define(Connection connection, Asset asset) throws SQLException {
    Optional<Integer> scale = scale(connection, asset.code());
    if (scale.isEmpty()) {
      try (PreparedStatement statement = connection.prepareStatement(DEFINE)) {
        statement.setString(1, asset.code());
        statement.setInt(2, asset.scale());
        statement.executeUpdate();
      }
      scale = scale(connection, asset.code());
    }
    requireScale(asset, scale);
  }

  public AccountId open(Connection connection, AccountKey key, AccountTerms terms)
      throws SQLException {
    Optional<AccountId> there = id(connection, key);
    if (there.isPresent()) {
      return there.get();
    }
    requireScale(key.asset(), scale(connection, key.asset().code()));
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      setKey(statement, key);
      statement.setInt(6, key.asset().scale());
      statement.setBoolean(7, AccountKinds.hot(key.kind()));
      var floor = AccountKinds.floor(key.kind());
      statement.setObject(8, floor.isPresent() ? floor.getAsLong() : null, Types.BIGINT);
      statement.setString(9, terms.expiresAt().map(Object::toString).orElse(null));
      statement.setInt(10, terms.priority());
      statement.setString(11, clock.now().toString());
      statement.setInt(12, AccountKinds.SHARDS - 1);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          AccountId opened = new AccountId(rows.getLong(1));
          AccountSignals.opened(connection, key.tenant().value(), key.owner(), key.kind());
          return opened;
        }
      }
    }
    return id(connection, key)
        .orElseThrow(() -> new IllegalStateException("account " + key + ": taken, and not there"));
  }

  public Optional<Account> find(Connection connection, AccountKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      setKey(statement, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(AccountRows.read(rows, key)) : Optional.empty();
      }
    }
  }

  public Map<AccountKey, Account> find(Connection connection, List<AccountKey> keys)
      throws SQLException {
    Map<AccountKey, Account> found = new LinkedHashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND_ALL)) {
      setColumn(statement, 1, "int8", keys, key -> key.tenant().value());
      setColumn(statement, 2, "text", keys, AccountKey::owner);
      setColumn(statement, 3, "text", keys, key -> key.kind().code());
      setColumn(statement, 4, "text", keys, key -> key.asset().code());
      setColumn(statement, 5, "text", keys, AccountKey::period);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          AccountKey key = keys.get(Math.toIntExact(rows.getLong("place")) - 1);
          found.put(key, AccountRows.read(rows, key));
        }
      }
    }
    return found;
  }

  private static void setColumn(
      PreparedStatement statement,
      int column,
      String type,
      List<AccountKey> keys,
      Function<AccountKey, Object> part)
      throws SQLException {
    statement.setArray(
        column, statement.getConnection().createArrayOf(type, keys.stream().map(part).toArray()));
  }

  public List<Account> ofUser(Connection connection, TenantId tenant, UserId user, boolean lock)
      throws SQLException {
    String query = lock ? OF_USER + " FOR NO KEY UPDATE" : OF_USER;
    String owner = AccountKey.owner(user);
    List<Account> accounts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, tenant.value());
      statement.setString(2, owner);
      statement.setString(3, clock.now().toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          AccountKey key =
              new AccountKey(
                  tenant,
                  owner,
                  AccountKinds.parse(rows.getString("kind")),
                  new Asset(rows.getString("asset"), rows.getInt("scale")),
                  rows.getString("period"));
          accounts.add(AccountRows.read(rows, key));
        }
      }
    }
    accounts.sort(PAYING_ORDER);
    return List.copyOf(accounts);
  }

  private static int rank(Account account) {
    return switch (account.key().kind()) {
      case GRANT -> 0;
      case GIFT -> 1;
      case BALANCE -> 2;
      case OWED -> 3;
      case LIMIT,
          REVENUE,
          SUSPENSE,
          POINT_SELF,
          POINT_GIFT,
          POINT_OWED,
          POINT_DUE,
          PROFIT_POOL,
          REWARD,
          WORLD_PAYMENTS,
          WORLD_GRANTS,
          WORLD_UPSTREAM,
          WORLD_LIMITS ->
          4;
    };
  }

  private static Optional<AccountId> id(Connection connection, AccountKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ID)) {
      setKey(statement, key);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(new AccountId(rows.getLong(1))) : Optional.empty();
      }
    }
  }

  private static Optional<Integer> scale(Connection connection, String code) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCALE)) {
      statement.setString(1, code);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
      }
    }
  }

  private static void requireScale(Asset asset, Optional<Integer> scale) {
    if (scale.isEmpty()) {
      throw new Refusal(
          ErrorCode.UNKNOWN_ASSET, "asset " + asset.code() + " is not known (expected: defined)");
    }
    if (scale.get() != asset.scale()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "asset "
              + asset.code()
              + " with scale "
              + asset.scale()
              + " (expected: "
              + scale.get()
              + ", as it was defined)");
    }
  }

  private static void setKey(PreparedStatement statement, AccountKey key) throws SQLException {
    statement.setLong(1, key.tenant().value());
    statement.setString(2, key.owner());
    statement.setString(3, key.kind().code());
    statement.setString(4, key.asset().code());
    statement.setString(5, key.period());
  }
}
