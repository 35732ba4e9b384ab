package io.tollgate.ledger.internal.posting;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ledger.Posting;
import io.tollgate.ledger.TransferRequest;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers that were given before, by idempotency key. */
final class StoredTransfers {
  private static final String FIND =
      """
      SELECT t.id, t.posted_at, t.request_hash, t.tenant_id, t.operation, t.idempotency_key
        FROM unnest(?::bigint[], ?::text[], ?::text[]) AS k (tenant_id, operation, idempotency_key)
        JOIN ledger.transfer t USING (tenant_id, operation, idempotency_key)
      """;

  /**
   * The same for one key. Of arrays PostgreSQL believes that they have ten elements, so that it
   * plans the query above anew each time it is asked for fewer.
   */
  private static final String FIND_ONE =
      """
      SELECT t.id, t.posted_at, t.request_hash, t.tenant_id, t.operation, t.idempotency_key
        FROM ledger.transfer t
       WHERE t.tenant_id = ? AND t.operation = ? AND t.idempotency_key = ?
      """;

  private final Map<Key, Answer> answers = new HashMap<>();

  static StoredTransfers find(Connection connection, Collection<Key> keys) throws SQLException {
    StoredTransfers stored = new StoredTransfers();
    if (keys.size() == 1) {
      stored.findOne(connection, keys.iterator().next());
      return stored;
    }
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setArray(
          1, connection.createArrayOf("int8", keys.stream().map(Key::tenant).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", keys.stream().map(Key::operation).toArray()));
      statement.setArray(
          3, connection.createArrayOf("text", keys.stream().map(Key::idempotencyKey).toArray()));
      stored.read(statement);
    }
    return stored;
  }

  private void findOne(Connection connection, Key key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND_ONE)) {
      statement.setLong(1, key.tenant());
      statement.setString(2, key.operation());
      statement.setString(3, key.idempotencyKey());
      read(statement);
    }
  }

  private void read(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        answers.put(
            new Key(
                rows.getLong("tenant_id"),
                rows.getString("operation"),
                rows.getString("idempotency_key")),
            new Answer(
                rows.getObject("id", UUID.class),
                rows.getObject("posted_at", OffsetDateTime.class).toInstant(),
                rows.getBytes("request_hash")));
      }
    }
  }

  void add(TransferRequest request, UUID transfer, Instant postedAt) {
    answers.put(Key.of(request), new Answer(transfer, postedAt, request.requestHash()));
  }

  /** The first answer to this key, or the refusal where it was given to another request. */
  Optional<PostingOutcome> answer(TransferRequest request) {
    return answer(Key.of(request), request.requestHash());
  }

  /** The same by key and hash. */
  Optional<PostingOutcome> answer(Key key, byte[] requestHash) {
    Answer answer = answers.get(key);
    if (answer == null) {
      return Optional.empty();
    }
    if (!MessageDigest.isEqual(answer.requestHash, requestHash)) {
      return Optional.of(
          new PostingOutcome.Refused(
              new Refusal(
                  ErrorCode.IDEMPOTENCY_CONFLICT,
                  "idempotency key "
                      + key.idempotencyKey()
                      + " was used for another request (expected: the same request, or a new"
                      + " key)")));
    }
    return Optional.of(
        new PostingOutcome.Posted(new Posting(answer.transfer, answer.postedAt, true)));
  }

  private record Answer(UUID transfer, Instant postedAt, byte[] requestHash) {}

  /** What a transfer is unique by. */
  record Key(long tenant, String operation, String idempotencyKey) {
    static Key of(TransferRequest request) {
      return new Key(request.tenant().value(), request.operation(), request.idempotencyKey());
    }
  }
}
