package io.tollgate.billing.internal.limits;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The table of windows. Many at once; every statement takes them in the order of their keys. */
final class WindowTable {
  /** Waits for who inserts the same key at this moment, and leaves theirs. */
  private static final String INSERT =
      """
      INSERT INTO billing.spend_window (tenant_id, owner, currency, label, account_id, granted,
                                        transfers, ends_at)
      SELECT k.tenant_id, k.owner, k.currency, k.label, k.account_id, 0, 0, k.ends_at::timestamptz
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
             WITH ORDINALITY AS k (tenant_id, owner, currency, label, account_id, ends_at, n)
       ORDER BY k.n
      ON CONFLICT (tenant_id, owner, currency, label) DO NOTHING
      """;

  private static final String READ =
      """
      SELECT w.tenant_id, w.owner, w.currency, w.label, w.account_id, w.granted, w.applied,
             w.transfers
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[])
             WITH ORDINALITY AS k (tenant_id, owner, currency, label, n)
        JOIN billing.spend_window w USING (tenant_id, owner, currency, label)
       ORDER BY k.n
      """;

  /** The sort is below the locking in the plan, and its key is not of the table. */
  private static final String LOCK = READ + "  FOR NO KEY UPDATE OF w";

  private static final String UPDATE =
      """
      UPDATE billing.spend_window w
         SET granted = k.granted, applied = k.applied, transfers = k.transfers
        FROM unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                    ?::bigint[])
             AS k (tenant_id, owner, currency, label, granted, applied, transfers)
       WHERE w.tenant_id = k.tenant_id AND w.owner = k.owner AND w.currency = k.currency
         AND w.label = k.label
      """;

  /** Those that are locked in the order of their keys, as everybody locks them. */
  private static final String RETURNING =
      """
      WITH open AS (
        SELECT w.tenant_id, w.owner, w.currency, w.label
          FROM billing.spend_window w
         WHERE w.account_id = ANY (?::bigint[])
           AND (w.ends_at IS NULL OR w.ends_at > ?::timestamptz)
         ORDER BY w.tenant_id, w.owner, w.currency, w.label
           FOR NO KEY UPDATE)
      UPDATE billing.spend_window w
         SET applied = NULL
        FROM open o
       WHERE w.tenant_id = o.tenant_id AND w.owner = o.owner AND w.currency = o.currency
         AND w.label = o.label
      RETURNING w.account_id
      """;

  static final String UNAPPLIED =
      """
      SELECT l.id, w.tenant_id, w.owner, w.currency, w.label, w.ends_at
        FROM billing.spend_window w
        JOIN billing.spend_limit l
          ON l.tenant_id = w.tenant_id AND l.owner = w.owner AND l.currency = w.currency
         AND l.span = split_part(w.label, ':', 1)
       WHERE w.applied IS NULL AND (w.ends_at IS NULL OR w.ends_at > ?::timestamptz)
       LIMIT ?
      """;

  /** Marks open windows as not settled, in the order of their keys, and tells their allowances. */
  Set<AccountId> returning(Transaction transaction, Collection<AccountId> allowances, Instant now) {
    if (allowances.isEmpty()) {
      return Set.of();
    }
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(RETURNING)) {
                statement.setObject(1, allowances.stream().mapToLong(AccountId::value).toArray());
                statement.setString(2, now.toString());
                Set<AccountId> open = new HashSet<>();
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    open.add(new AccountId(rows.getLong(1)));
                  }
                }
                return open;
              }
            });
  }

  /** Opens windows with nothing in them; those that are there are left as they are. */
  void insert(Transaction transaction, SortedMap<WindowKey, Opened> windows) {
    transaction
        .sql()
        .connection(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
                setKeys(statement, windows.keySet());
                List<Opened> opened = List.copyOf(windows.values());
                statement.setObject(
                    5, opened.stream().mapToLong(one -> one.account.value()).toArray());
                statement.setArray(
                    6,
                    connection.createArrayOf(
                        "text", opened.stream().map(Opened::endsAtText).toArray()));
                statement.executeUpdate();
              }
            });
  }

  /** Those that are there. */
  SortedMap<WindowKey, WindowBalance> read(Transaction transaction, Collection<WindowKey> windows) {
    return fetch(transaction, READ, new TreeSet<>(windows));
  }

  /** Those that are there, locked for the rest of the transaction. */
  SortedMap<WindowKey, WindowBalance> lock(Transaction transaction, Collection<WindowKey> windows) {
    return fetch(transaction, LOCK, new TreeSet<>(windows));
  }

  /** Writes rows that are locked. */
  void update(Transaction transaction, Map<WindowKey, WindowBalance> windows) {
    transaction
        .sql()
        .connection(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
                setKeys(statement, windows.keySet());
                List<WindowBalance> rows = List.copyOf(windows.values());
                statement.setObject(5, rows.stream().mapToLong(WindowBalance::granted).toArray());
                statement.setArray(
                    6,
                    connection.createArrayOf(
                        "int8", rows.stream().map(WindowTable::applied).toArray()));
                statement.setObject(7, rows.stream().mapToLong(WindowBalance::transfers).toArray());
                statement.executeUpdate();
              }
            });
  }

  /** Open windows of limits that have not wholly been applied. */
  List<DueWindow> unapplied(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(UNAPPLIED)) {
                statement.setString(1, now.toString());
                statement.setInt(2, max);
                List<DueWindow> due = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    due.add(
                        new DueWindow(
                            rows.getLong("id"),
                            key(rows),
                            Optional.ofNullable(rows.getObject("ends_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                            false));
                  }
                }
                return due;
              }
            });
  }

  private static SortedMap<WindowKey, WindowBalance> fetch(
      Transaction transaction, String query, SortedSet<WindowKey> windows) {
    SortedMap<WindowKey, WindowBalance> found = new TreeMap<>();
    if (windows.isEmpty()) {
      return found;
    }
    transaction
        .sql()
        .connection(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(query)) {
                setKeys(statement, windows);
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    found.put(key(rows), balance(rows));
                  }
                }
              }
            });
    return found;
  }

  private static void setKeys(PreparedStatement statement, Collection<WindowKey> keys)
      throws SQLException {
    Connection connection = statement.getConnection();
    statement.setObject(1, keys.stream().mapToLong(key -> key.tenant().value()).toArray());
    statement.setArray(
        2, connection.createArrayOf("text", keys.stream().map(WindowKey::owner).toArray()));
    statement.setArray(
        3,
        connection.createArrayOf(
            "text", keys.stream().map(key -> key.currency().code()).toArray()));
    statement.setArray(
        4, connection.createArrayOf("text", keys.stream().map(WindowKey::label).toArray()));
  }

  private static WindowKey key(ResultSet rows) throws SQLException {
    return new WindowKey(
        new TenantId(rows.getLong("tenant_id")),
        rows.getString("owner"),
        Asset.money(rows.getString("currency")),
        rows.getString("label"));
  }

  private static WindowBalance balance(ResultSet rows) throws SQLException {
    long applied = rows.getLong("applied");
    boolean whole = !rows.wasNull();
    return new WindowBalance(
        new AccountId(rows.getLong("account_id")),
        rows.getLong("granted"),
        whole ? OptionalLong.of(applied) : OptionalLong.empty(),
        rows.getLong("transfers"));
  }

  private static @Nullable Long applied(WindowBalance row) {
    return row.applied().isPresent() ? (Long) row.applied().getAsLong() : null;
  }

  /**
   * What a new row says.
   *
   * @param endsAt empty: never
   */
  record Opened(AccountId account, Optional<Instant> endsAt) {
    @Nullable String endsAtText() {
      return endsAt.map(Instant::toString).orElse(null);
    }
  }
}
