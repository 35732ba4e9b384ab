package io.tollgate.billing.internal.charges;

import io.tollgate.data.Transaction;
import io.tollgate.data.UniqueViolation;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table of charges. */
final class ChargeTable {
  private static final String COLUMNS =
      """
      c.id, c.tenant_id, c.user_id, c.service, c.request_id, c.request_hash, c.free_count,
      c.paid_count, c.amount, c.currency, c.leg_accounts, c.leg_units, c.limit_accounts,
      c.day
      """;

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
            FROM unnest(?::bigint[], ?::text[]) AS k (tenant_id, request_id)
            JOIN billing.service_charge c
              ON c.tenant_id = k.tenant_id AND c.request_id = k.request_id
          """;

  private static final String READ =
      "SELECT " + COLUMNS + " FROM billing.service_charge c WHERE c.id = ? AND c.tenant_id = ?";

  // no ON CONFLICT, which writes each row twice into the log: what was there was found before, so
  // a request id is taken only by a race
  private static final String INSERT =
      """
      INSERT INTO billing.service_charge (id, tenant_id, user_id, service, request_id, request_hash,
                                          free_count, paid_count, amount, currency, leg_accounts,
                                          leg_units, limit_accounts, day, created_at)
      SELECT c.id, c.tenant_id, c.user_id, c.service, c.request_id, c.request_hash, c.free_count,
             c.paid_count, c.amount, c.currency, c.leg_accounts::bigint[], c.leg_units::bigint[],
             c.limit_accounts::bigint[], c.day, ?::timestamptz
        FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bytea[],
                    ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                    ?::text[], ?::date[])
          AS c (id, tenant_id, user_id, service, request_id, request_hash, free_count, paid_count,
                amount, currency, leg_accounts, leg_units, limit_accounts, day)
      """;

  private static final Comparator<NewCharge> BY_REQUEST =
      Comparator.<NewCharge>comparingLong(each -> each.ready().tenant().id().value())
          .thenComparing(each -> each.ready().waiting().call.requestId().orElse(""));

  private ChargeTable() {}

  static void find(Connection connection, Collection<CallKey> keys, Map<CallKey, StoredCharge> into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      var _ =
          new Columns(connection, statement)
              .longs(keys, key -> key.tenant().value())
              .of("text", keys, CallKey::requestId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StoredCharge charge = read(rows);
          into.put(new CallKey(charge.tenant(), rows.getString("request_id")), charge);
        }
      }
    }
  }

  static Optional<StoredCharge> find(Transaction transaction, TenantId tenant, ChargeId id) {
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setObject(1, id.value());
                statement.setLong(2, tenant.value());
                try (ResultSet rows = statement.executeQuery()) {
                  return rows.next() ? Optional.of(read(rows)) : Optional.empty();
                }
              }
            });
  }

  /**
   * Writes them.
   *
   * @throws BatchRaceException when another transaction has taken one of their request ids
   */
  static void insert(Connection connection, List<NewCharge> charges, Instant now)
      throws SQLException {
    // in one order of keys: two batches that share some do not wait for each other in a circle
    List<NewCharge> sorted = charges.stream().sorted(BY_REQUEST).toList();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      var _ =
          new Columns(connection, statement)
              .text(now.toString())
              .of("uuid", sorted, each -> each.id().value())
              .longs(sorted, each -> each.ready().tenant().id().value())
              .longs(sorted, each -> each.ready().user().user().value())
              .of("text", sorted, each -> each.ready().waiting().call.service())
              .of("text", sorted, each -> each.ready().waiting().call.requestId().orElse(null))
              .bytes(sorted, each -> each.ready().waiting().hash())
              .longs(sorted, NewCharge::freeCount)
              .longs(sorted, NewCharge::paidCount)
              .longs(sorted, each -> each.amount().units())
              .of("text", sorted, each -> each.amount().asset().code())
              .of("text", sorted, each -> LegText.accounts(each.legs()))
              .of("text", sorted, each -> LegText.units(each.legs()))
              .of("text", sorted, each -> LegText.array(each.limits()))
              .of("date", sorted, NewCharge::day);
      var _ = statement.executeUpdate();
    } catch (SQLException e) {
      if (UniqueViolation.isIn(e)) {
        throw new BatchRaceException("another transaction has taken a request id");
      }
      throw e;
    }
  }

  private static StoredCharge read(ResultSet rows) throws SQLException {
    return new StoredCharge(
        new ChargeId(rows.getObject("id", UUID.class)),
        new TenantId(rows.getLong("tenant_id")),
        new UserId(rows.getLong("user_id")),
        rows.getString("service"),
        rows.getBytes("request_hash"),
        rows.getLong("free_count"),
        rows.getLong("paid_count"),
        new Amount(Asset.money(rows.getString("currency")), rows.getLong("amount")),
        LegText.read(array(rows, "leg_accounts"), array(rows, "leg_units")),
        LegText.accounts(array(rows, "limit_accounts")),
        rows.getObject("day", LocalDate.class));
  }

  static Object array(ResultSet rows, String column) throws SQLException {
    Array array = rows.getArray(column);
    return array.getArray();
  }
}
