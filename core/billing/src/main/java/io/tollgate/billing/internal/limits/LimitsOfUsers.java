package io.tollgate.billing.internal.limits;

import io.tollgate.billing.SpendSpan;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the limits of many users, and the windows that are open under them, with one query. */
final class LimitsOfUsers {
  static final String READ =
      """
      SELECT u.n, l.id, l.scope, l.api_key_id, l.span, l.currency, l.owner, w.account_id,
             w.applied IS NOT DISTINCT FROM l.amount AS applies
        FROM unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[])
             WITH ORDINALITY AS u (tenant_id, user_id, day, month, n)
       CROSS JOIN LATERAL (
             SELECT * FROM billing.spend_limit o
              WHERE o.tenant_id = u.tenant_id AND o.scope IN ('key', 'user')
                AND o.user_id = u.user_id
             UNION ALL
             SELECT * FROM billing.spend_limit t
              WHERE t.tenant_id = u.tenant_id AND t.scope = 'tenant') l
        LEFT JOIN billing.spend_window w
          ON w.tenant_id = l.tenant_id AND w.owner = l.owner AND w.currency = l.currency
         AND w.label = CASE l.span WHEN 'day' THEN u.day WHEN 'month' THEN u.month ELSE 'total' END
       ORDER BY u.n, l.id
      """;

  /** A user with the time of the request, and by whose calendar it counts. */
  record Asked(UserOfTenant user, Instant at, ZoneId zone) {}

  /**
   * A limit under which a user's requests run.
   *
   * @param window the one in which the request lies
   * @param endsAt when that ends; empty: never
   * @param allowance empty: it is not open
   * @param applies whether it has what the limit gives
   */
  record Found(
      UserOfTenant user,
      long limit,
      SpendLimit.Scope scope,
      Optional<ApiKeyId> key,
      WindowKey window,
      Optional<Instant> endsAt,
      Optional<AccountId> allowance,
      boolean applies) {}

  List<Found> read(Transaction transaction, List<Asked> asked) {
    if (asked.isEmpty()) {
      return List.of();
    }
    return transaction.sql().connectionResult(connection -> read(connection, asked));
  }

  private static List<Found> read(Connection connection, List<Asked> asked) throws SQLException {
    int count = asked.size();
    long[] tenants = new long[count];
    long[] users = new long[count];
    String[] days = new String[count];
    String[] months = new String[count];
    for (int i = 0; i < count; i++) {
      Asked one = asked.get(i);
      tenants[i] = one.user.tenant().value();
      users[i] = one.user.user().value();
      days[i] = SpendWindow.of(SpendSpan.DAY, one.at, one.zone).label();
      months[i] = SpendWindow.of(SpendSpan.MONTH, one.at, one.zone).label();
    }
    List<Found> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      statement.setObject(1, tenants);
      statement.setObject(2, users);
      statement.setArray(3, connection.createArrayOf("text", days));
      statement.setArray(4, connection.createArrayOf("text", months));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(found(rows, asked.get(rows.getInt("n") - 1)));
        }
      }
    }
    return found;
  }

  private static Found found(ResultSet rows, Asked asked) throws SQLException {
    SpendWindow window =
        SpendWindow.of(StoredLimit.span(rows.getString("span")), asked.at, asked.zone);
    long key = rows.getLong("api_key_id");
    Optional<ApiKeyId> ofKey = rows.wasNull() ? Optional.empty() : Optional.of(new ApiKeyId(key));
    long account = rows.getLong("account_id");
    Optional<AccountId> allowance =
        rows.wasNull() ? Optional.empty() : Optional.of(new AccountId(account));
    return new Found(
        asked.user,
        rows.getLong("id"),
        StoredLimit.scope(rows.getString("scope")),
        ofKey,
        new WindowKey(
            asked.user.tenant(),
            rows.getString("owner"),
            Asset.money(rows.getString("currency")),
            window.label()),
        window.endsAt(),
        allowance,
        rows.getBoolean("applies"));
  }
}
