package io.tollgate.tests.crash;

import io.tollgate.tests.cluster.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** A limit of what may be spent in all, and what it leaves; amounts in nano dollars. */
final class SpendLimitOf {
  private static final String SET =
      "INSERT INTO billing.spend_limit (tenant_id, scope, user_id, span, currency, amount,"
          + " created_at, updated_at) VALUES (1, ?, ?, 'total', 'USD', ?, now(), now())";

  private static final String DELETE =
      "DELETE FROM billing.spend_limit WHERE scope = ? AND user_id IS NOT DISTINCT FROM ?";

  /** Before the first request under it nobody has opened its account. */
  private static final String LEFT =
      "SELECT coalesce((SELECT a.balance FROM ledger.account a"
          + " WHERE a.tenant_id = l.tenant_id AND a.owner = l.owner AND a.kind = 'limit'), l.amount)"
          + " FROM billing.spend_limit l"
          + " WHERE l.scope = ? AND l.user_id IS NOT DISTINCT FROM ?";

  private final PostgresServer postgres;
  private final String scope;
  private final OptionalLong user;

  private SpendLimitOf(PostgresServer postgres, String scope, OptionalLong user) {
    this.postgres = postgres;
    this.scope = scope;
    this.user = user;
  }

  /** Of all users of the demo's tenant together. */
  static SpendLimitOf everybody(PostgresServer postgres) {
    return new SpendLimitOf(postgres, "tenant", OptionalLong.empty());
  }

  static SpendLimitOf user(PostgresServer postgres, String user) {
    return new SpendLimitOf(postgres, "user", OptionalLong.of(Long.parseLong(user)));
  }

  void set(long nanos) {
    run(
        SET,
        statement -> {
          name(statement);
          statement.setLong(3, nanos);
          return statement.executeUpdate();
        });
  }

  void delete() {
    run(
        DELETE,
        statement -> {
          name(statement);
          return statement.executeUpdate();
        });
  }

  /** Empty when it is not set. */
  OptionalLong left() {
    return run(
        LEFT,
        statement -> {
          name(statement);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
          }
        });
  }

  private void name(PreparedStatement statement) throws SQLException {
    statement.setString(1, scope);
    statement.setObject(2, user.isPresent() ? user.getAsLong() : null, java.sql.Types.BIGINT);
  }

  private <T> T run(String sql, Work<T> work) {
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return work.run(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private interface Work<T> {
    T run(PreparedStatement statement) throws SQLException;
  }
}
