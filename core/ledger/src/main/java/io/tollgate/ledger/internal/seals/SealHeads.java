package io.tollgate.ledger.internal.seals;

import io.tollgate.ledger.SealState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how far the books are sealed. */
public final class SealHeads {
  private static final String READ =
      """
      SELECT s.number, s.hash, s.sealed_at, u.waiting, t.posted_at, now() AS at
        FROM (SELECT count(*) AS waiting,
                     (SELECT transfer_id FROM ledger.unsealed ORDER BY transfer_id LIMIT 1) AS oldest
                FROM ledger.unsealed) u
        LEFT JOIN ledger.transfer t ON t.id = u.oldest
        LEFT JOIN (SELECT number, hash, sealed_at
                     FROM ledger.seal ORDER BY number DESC LIMIT 1) s ON true
      """;

  private SealHeads() {}

  public static SealState read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      rows.next();
      long waiting = rows.getLong("waiting");
      Optional<Instant> oldest =
          Optional.ofNullable(rows.getObject("posted_at", OffsetDateTime.class))
              .map(OffsetDateTime::toInstant);
      Instant at = rows.getObject("at", OffsetDateTime.class).toInstant();
      byte @Nullable [] hash = rows.getBytes("hash");
      if (hash == null) {
        return new SealState(Optional.empty(), waiting, oldest, at);
      }
      SealState.Head head =
          new SealState.Head(
              rows.getLong("number"),
              HexFormat.of().formatHex(hash),
              rows.getObject("sealed_at", OffsetDateTime.class).toInstant());
      return new SealState(Optional.of(head), waiting, oldest, at);
    }
  }
}
