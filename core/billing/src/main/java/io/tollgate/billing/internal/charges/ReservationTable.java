package io.tollgate.billing.internal.charges;

import io.tollgate.billing.QuotaAnswer;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.UserOfTenant;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The table of reservations. */
final class ReservationTable {
  private static final String COLUMNS =
      """
      r.id, r.tenant_id, r.user_id, r.service, r.request_id, r.request_hash, r.reason,
      r.leg_accounts, r.leg_units, r.expires_at
      """;

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
            FROM unnest(?::bigint[], ?::text[]) AS k (tenant_id, request_id)
            JOIN billing.service_reservation r
              ON r.tenant_id = k.tenant_id AND r.request_id = k.request_id AND r.ended_at IS NULL
          """;

  private static final String LAPSED =
      "SELECT "
          + COLUMNS
          + """
            FROM billing.service_reservation r
           WHERE r.ended_at IS NULL AND r.expires_at <= ?::timestamptz
           ORDER BY r.expires_at
           LIMIT ?
          """;

  private static final String LAPSED_OF_USERS =
      "SELECT "
          + COLUMNS
          + """
            FROM billing.service_reservation r
           WHERE r.ended_at IS NULL AND r.expires_at <= ?::timestamptz
             AND r.user_id = ANY (?::bigint[])
           ORDER BY r.expires_at
           LIMIT ?
          """;

  private static final String INSERT =
      """
      INSERT INTO billing.service_reservation (id, tenant_id, user_id, service, request_id,
                                               request_hash, reason, leg_accounts, leg_units,
                                               created_at, expires_at)
      SELECT r.id, r.tenant_id, r.user_id, r.service, r.request_id, r.request_hash, r.reason,
             r.leg_accounts::bigint[], r.leg_units::bigint[], ?::timestamptz, ?::timestamptz
        FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bytea[],
                    ?::text[], ?::text[], ?::text[])
          AS r (id, tenant_id, user_id, service, request_id, request_hash, reason, leg_accounts,
                leg_units)
       ORDER BY r.tenant_id, r.request_id
      ON CONFLICT (tenant_id, request_id) WHERE ended_at IS NULL DO NOTHING
      """;

  private static final String END =
      """
      UPDATE billing.service_reservation
         SET ended_at = ?::timestamptz
       WHERE id = ANY (?::uuid[]) AND ended_at IS NULL
      RETURNING id
      """;

  private ReservationTable() {}

  static void find(
      Connection connection, Collection<CallKey> keys, Map<CallKey, StoredReservation> into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      var _ =
          new Columns(connection, statement)
              .longs(keys, key -> key.tenant().value())
              .of("text", keys, CallKey::requestId);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          StoredReservation open = read(rows);
          into.put(new CallKey(open.tenant(), rows.getString("request_id")), open);
        }
      }
    }
  }

  /** Open ones whose time is over, the oldest first. */
  static List<StoredReservation> lapsed(Connection connection, Instant now, int max)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAPSED)) {
      statement.setString(1, now.toString());
      statement.setInt(2, max);
      return readAll(statement);
    }
  }

  /** The same, of these users. */
  static List<StoredReservation> lapsed(
      Connection connection, Instant now, Collection<UserOfTenant> users, int max)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAPSED_OF_USERS)) {
      statement.setString(1, now.toString());
      statement.setObject(2, users.stream().mapToLong(user -> user.user().value()).toArray());
      statement.setInt(3, max);
      return readAll(statement);
    }
  }

  /**
   * Writes them.
   *
   * @throws BatchRaceException when another transaction has reserved under one of their request ids
   */
  static void insert(
      Connection connection, List<NewReservation> reservations, Instant now, Instant expiresAt)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      var _ =
          new Columns(connection, statement)
              .text(now.toString())
              .text(expiresAt.toString())
              .of("uuid", reservations, NewReservation::id)
              .longs(reservations, each -> each.ready().tenant().id().value())
              .longs(reservations, each -> each.ready().user().user().value())
              .of("text", reservations, each -> each.ready().waiting().call.service())
              .of(
                  "text",
                  reservations,
                  each -> each.ready().waiting().call.requestId().orElse(null))
              .bytes(reservations, each -> each.ready().waiting().hash())
              .of("text", reservations, each -> each.answer().reason())
              .of("text", reservations, each -> LegText.accounts(each.legs()))
              .of("text", reservations, each -> LegText.units(each.legs()));
      if (statement.executeUpdate() != reservations.size()) {
        throw new BatchRaceException("another transaction has reserved under a request id");
      }
    }
  }

  /** Ends reservations whose accounts are locked; tells which of them were open until now. */
  static Set<UUID> end(Connection connection, Collection<StoredReservation> open, Instant now)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      var _ =
          new Columns(connection, statement)
              .text(now.toString())
              .of("uuid", open, StoredReservation::id);
      Set<UUID> ended = new HashSet<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ended.add(rows.getObject(1, UUID.class));
        }
      }
      return ended;
    }
  }

  private static List<StoredReservation> readAll(PreparedStatement statement) throws SQLException {
    List<StoredReservation> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(read(rows));
      }
    }
    return all;
  }

  private static StoredReservation read(ResultSet rows) throws SQLException {
    String reason = rows.getString("reason");
    return new StoredReservation(
        rows.getObject("id", UUID.class),
        new TenantId(rows.getLong("tenant_id")),
        new UserId(rows.getLong("user_id")),
        rows.getString("service"),
        rows.getBytes("request_hash"),
        Arrays.stream(QuotaAnswer.values())
            .filter(each -> each.reason().equals(reason))
            .findFirst()
            .orElseThrow(),
        LegText.read(ChargeTable.array(rows, "leg_accounts"), ChargeTable.array(rows, "leg_units")),
        rows.getObject("expires_at", java.time.OffsetDateTime.class).toInstant());
  }
}
