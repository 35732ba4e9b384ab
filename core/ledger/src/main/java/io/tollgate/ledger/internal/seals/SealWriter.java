package io.tollgate.ledger.internal.seals;

import io.tollgate.ledger.internal.PostingClock;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Writes seals, one at a time in the whole cluster, over transfers that are committed and wait for
 * one. Which those are is a list and no range of ids: a transfer may be committed after others that
 * have a higher id, and is then in a later seal.
 */
public final class SealWriter {
  /** Transfers per seal, and entries beyond which no further transfer joins it. */
  private static final int MAX_TRANSFERS = 5_000;

  private static final int MAX_ENTRIES = 50_000;

  private static final String ALONE =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('ledger.seal', 0))";

  private static final String HEAD =
      "SELECT number, hash FROM ledger.seal ORDER BY number DESC LIMIT 1";

  private static final String WAITING =
      """
      SELECT array_agg(transfer_id ORDER BY transfer_id) AS members, sum(entries) AS entries,
             count(*) AS transfers
        FROM (SELECT transfer_id, entries, sum(entries) OVER (ORDER BY transfer_id) AS total
                FROM (SELECT transfer_id, entries
                        FROM ledger.unsealed
                       ORDER BY transfer_id
                       LIMIT ?) oldest) counted
       WHERE total - entries < ?
      """;

  private static final String SEAL =
      """
      INSERT INTO ledger.seal (number, previous, hash, members, marks, highest, entries, sealed_at)
      SELECT ?, w.previous, s.hash, w.members, s.marks, w.members[cardinality(w.members)], ?,
             ?::timestamptz
        FROM (SELECT ?::bytea AS previous, ?::uuid[] AS members) w,
             LATERAL (:seal) s
      """
          .replace(":seal", SealContent.seal("w.previous", "w.members"));

  private static final String DONE =
      "DELETE FROM ledger.unsealed WHERE transfer_id = ANY (?::uuid[])";

  private final PostingClock clock;

  public SealWriter(PostingClock clock) {
    this.clock = clock;
  }

  /** Writes the next seal, unless none wait or another one seals; whether more transfers wait. */
  public boolean seal(Connection connection) throws SQLException {
    if (!alone(connection)) {
      return false;
    }
    try (PreparedStatement statement = connection.prepareStatement(WAITING)) {
      statement.setInt(1, MAX_TRANSFERS);
      statement.setInt(2, MAX_ENTRIES);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        Optional<Array> members = Optional.ofNullable(rows.getArray("members"));
        if (members.isEmpty()) {
          return false;
        }
        long entries = rows.getLong("entries");
        int transfers = rows.getInt("transfers");
        write(connection, head(connection), members.get(), entries);
        return transfers == MAX_TRANSFERS || entries >= MAX_ENTRIES;
      }
    }
  }

  private void write(Connection connection, Head head, Array members, long entries)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEAL)) {
      statement.setLong(1, head.number + 1);
      statement.setLong(2, entries);
      statement.setString(3, clock.now().toString());
      statement.setBytes(4, head.hash);
      statement.setArray(5, members);
      statement.executeUpdate();
    }
    try (PreparedStatement statement = connection.prepareStatement(DONE)) {
      statement.setArray(1, members);
      statement.executeUpdate();
    }
  }

  private static boolean alone(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALONE)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  private static Head head(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(HEAD)) {
      return rows.next()
          ? new Head(rows.getLong("number"), rows.getBytes("hash"))
          : new Head(0, SealContent.FIRST);
    }
  }

  private record Head(long number, byte[] hash) {}
}
