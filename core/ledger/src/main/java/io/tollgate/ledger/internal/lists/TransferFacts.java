package io.tollgate.ledger.internal.lists;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.PostedTransfer;
import io.tollgate.ledger.SealState;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** Reads a transfer and its seal. */
final class TransferFacts {
  private static final String TRANSFER =
      """
      SELECT t.id, t.tenant_id, t.kind, t.operation, t.idempotency_key, t.reference, t.reason,
             t.reverses, r.id AS reversed_by, t.effective_at, t.posted_at
        FROM ledger.transfer t
        LEFT JOIN ledger.transfer r ON r.reverses = t.id
       WHERE t.id = ?
      """;

  /** Seals are written in the order of posting, or a few later: those that follow are enough. */
  private static final String SEAL =
      """
      SELECT s.number, s.hash, s.sealed_at
        FROM (SELECT * FROM ledger.seal WHERE highest >= ? ORDER BY highest LIMIT 100) s
       WHERE ? = ANY (s.members)
      """;

  private TransferFacts() {}

  static Optional<PostedTransfer> find(Transaction transaction, UUID id) {
    return transaction
        .sql()
        .fetchOptional(TRANSFER, id)
        .map(row -> read(row, seal(transaction, id)));
  }

  private static Optional<SealState.Head> seal(Transaction transaction, UUID id) {
    return transaction
        .sql()
        .fetchOptional(SEAL, id, id)
        .map(
            row ->
                new SealState.Head(
                    row.get("number", Long.class),
                    HexFormat.of().formatHex(row.get("hash", byte[].class)),
                    row.get("sealed_at", Instant.class)));
  }

  private static PostedTransfer read(Record row, Optional<SealState.Head> seal) {
    return new PostedTransfer(
        row.get("id", UUID.class),
        new TenantId(row.get("tenant_id", Long.class)),
        row.get("kind", String.class),
        row.get("operation", String.class),
        row.get("idempotency_key", String.class),
        row.get("reference", String.class),
        row.get("reason", String.class),
        Optional.ofNullable(row.get("reverses", UUID.class)),
        Optional.ofNullable(row.get("reversed_by", UUID.class)),
        row.get("effective_at", Instant.class),
        row.get("posted_at", Instant.class),
        seal);
  }
}
