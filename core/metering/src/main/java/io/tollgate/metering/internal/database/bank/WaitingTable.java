package io.tollgate.metering.internal.database.bank;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseBooks;
import io.tollgate.metering.internal.lease.LeaseBooks.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Who waits for accounts. Read and written under the accounts' locks, except that a holder which
 * has ended is forgotten.
 */
final class WaitingTable {
  private static final String READ =
      """
      SELECT account_id, holder, units, (extract(epoch FROM until) * 1000000)::bigint
        FROM metering.want
       WHERE account_id = ANY (?::bigint[])
       ORDER BY account_id, place
      """;

  private static final String CLEAR =
      "DELETE FROM metering.want WHERE account_id = ANY (?::bigint[])";

  private static final String WRITE =
      """
      INSERT INTO metering.want (account_id, place, holder, units, until)
      SELECT w.account_id, row_number() OVER (PARTITION BY w.account_id ORDER BY w.place),
             w.holder, w.units, timestamptz 'epoch' + w.until * interval '1 microsecond'
        FROM unnest(?::bigint[], ?::uuid[], ?::bigint[], ?::bigint[])
             WITH ORDINALITY AS w (account_id, holder, units, until, place)
      """;

  private WaitingTable() {}

  static void load(Connection connection, Collection<AccountId> accounts, LeaseBooks into)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(READ)) {
      var unused = new ArrayColumns(statement).accounts(accounts);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          into.load(
              new Waiting(
                  new AccountId(rows.getLong(1)),
                  new HolderId(rows.getObject(2, UUID.class)),
                  rows.getLong(3),
                  rows.getLong(4) * 1_000));
        }
      }
    }
  }

  static void write(Connection connection, Map<AccountId, List<Waiting>> changed)
      throws SQLException {
    if (changed.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
      var unused = new ArrayColumns(statement).accounts(changed.keySet());
      statement.executeUpdate();
    }
    List<Waiting> all = new ArrayList<>();
    changed.values().forEach(all::addAll);
    if (all.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      var unused =
          new ArrayColumns(statement)
              .longs(all, waiting -> waiting.account().value())
              .uuids(all, waiting -> waiting.holder().value())
              .longs(all, Waiting::units)
              .longs(all, waiting -> waiting.until() / 1_000);
      statement.executeUpdate();
    }
  }
}
