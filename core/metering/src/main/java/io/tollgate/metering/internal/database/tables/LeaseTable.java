package io.tollgate.metering.internal.database.tables;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows of leases. Whoever writes one has locked its account. */
public final class LeaseTable {
  private static final String OF_HOLDERS =
      """
      SELECT holder, account_id, number, token, granted, settled, drained
        FROM metering.lease
       WHERE holder = ANY (?::uuid[])
      """;

  private static final String OF_HOLDER_AND_ACCOUNTS =
      """
      SELECT l.holder, l.account_id, l.number, l.token, l.granted, l.settled, l.drained
        FROM unnest(?::bigint[]) AS a (id)
        JOIN metering.lease l ON l.holder = ? AND l.account_id = a.id
      """;

  private static final String WRITE =
      """
      INSERT INTO metering.lease AS l (holder, account_id, number, token, granted, settled, drained)
      SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                           ?::bigint[], ?::boolean[])
      ON CONFLICT (holder, account_id) DO UPDATE
         SET number = excluded.number, token = excluded.token, granted = excluded.granted,
             settled = excluded.settled, drained = excluded.drained
      """;

  private static final String SETTLE =
      """
      UPDATE metering.lease l
         SET granted = s.granted, settled = s.settled
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS s (account_id, granted, settled)
       WHERE l.holder = ? AND l.account_id = s.account_id
      """;

  private static final String DELETE = "DELETE FROM metering.lease WHERE holder = ?";

  private LeaseTable() {}

  public static List<LeaseStanding> of(Connection connection, Collection<HolderId> holders)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_HOLDERS)) {
      var unused = new ArrayColumns(statement).uuids(holders, HolderId::value);
      return read(statement);
    }
  }

  public static List<LeaseStanding> of(
      Connection connection, HolderId holder, Collection<AccountId> accounts) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OF_HOLDER_AND_ACCOUNTS)) {
      var unused = new ArrayColumns(statement).accounts(accounts);
      statement.setObject(2, holder.value());
      return read(statement);
    }
  }

  public static void write(Connection connection, List<LeaseStanding> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      var unused =
          new ArrayColumns(statement)
              .uuids(rows, row -> row.holder().value())
              .longs(rows, row -> row.account().value())
              .longs(rows, LeaseStanding::number)
              .longs(rows, LeaseStanding::token)
              .longs(rows, LeaseStanding::granted)
              .longs(rows, LeaseStanding::settled)
              .flags(rows, LeaseStanding::drained);
      statement.executeUpdate();
    }
  }

  /** Writes what was settled, and what is granted for it; a row that is not there is made. */
  public static void settle(Connection connection, HolderId holder, List<LeaseStanding> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    int written;
    try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
      var unused =
          new ArrayColumns(statement)
              .longs(rows, row -> row.account().value())
              .longs(rows, LeaseStanding::granted)
              .longs(rows, LeaseStanding::settled);
      statement.setObject(4, holder.value());
      written = statement.executeUpdate();
    }
    if (written < rows.size()) {
      // the account's lock is ours: what is there now is what was read, so numbers are kept
      write(connection, rows);
    }
  }

  public static void delete(Connection connection, HolderId holder) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setObject(1, holder.value());
      statement.executeUpdate();
    }
  }

  private static List<LeaseStanding> read(PreparedStatement statement) throws SQLException {
    List<LeaseStanding> standings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        standings.add(standing(rows));
      }
    }
    return standings;
  }

  /** The row whose seven columns stand first. */
  public static LeaseStanding standing(ResultSet rows) throws SQLException {
    return new LeaseStanding(
        new HolderId(rows.getObject(1, UUID.class)),
        new AccountId(rows.getLong(2)),
        rows.getLong(3),
        rows.getLong(4),
        rows.getLong(5),
        rows.getLong(6),
        rows.getBoolean(7));
  }
}
