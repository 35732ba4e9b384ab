package io.tollgate.data.internal;

import static io.tollgate.schema.data.Tables.OUTBOX_CURSOR;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.Transactions;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;

/** The outbox table and how far a subscriber got in it. */
final class OutboxReader {
  /** Events delivered at once at most. */
  static final int BATCH = 500;

  /**
   * In the order of (xid, id). A row is certain when its transaction is older than every one that
   * still runs: then nothing can appear before it any more.
   */
  private static final String NEXT =
      """
      SELECT o.id, o.xid::text AS xid, o.event, o.tenant, o.subject, o.type,
             o.payload::text AS payload, o.created_at,
             o.xid < pg_snapshot_xmin(pg_current_snapshot()) AS certain,
             (extract(epoch FROM clock_timestamp() - o.created_at) * 1000)::bigint AS age_ms
      FROM data.outbox o
      JOIN data.outbox_cursor c ON (o.xid, o.id) > (c.xid, c.id)
      WHERE c.subscriber = ?
      ORDER BY o.xid, o.id
      LIMIT ?
      """;

  private static final String ADVANCE =
      """
      UPDATE data.outbox_cursor
      SET xid = ?::xid8, id = ?, updated_at = clock_timestamp()
      WHERE subscriber = ? AND (xid, id) < (?::xid8, ?)
      """;

  private final Transactions transactions;

  OutboxReader(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Makes the subscriber's cursor, before the oldest event, where there is none. */
  void register(String subscriber) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .insertInto(OUTBOX_CURSOR, OUTBOX_CURSOR.SUBSCRIBER)
                    .values(subscriber)
                    .onConflictDoNothing()
                    .execute());
  }

  Batch next(String subscriber) {
    return transactions.read(
        transaction -> {
          List<DeliveredEvent> events = new ArrayList<>();
          Position last = Position.START;
          long oldestAgeMs = 0;
          for (Record row : transaction.sql().fetch(NEXT, subscriber, BATCH)) {
            oldestAgeMs = Math.max(oldestAgeMs, row.get("age_ms", long.class));
            if (!row.get("certain", boolean.class)) {
              break;
            }
            events.add(event(row));
            last = new Position(row.get("xid", String.class), row.get("id", long.class));
          }
          return new Batch(events, last, oldestAgeMs);
        });
  }

  void advance(String subscriber, Position to) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .execute(ADVANCE, to.xid(), to.id(), subscriber, to.xid(), to.id()));
  }

  private static DeliveredEvent event(Record row) {
    return new DeliveredEvent(
        row.get("event", UUID.class),
        new OutboxEvent(
            new TenantId(row.get("tenant", long.class)),
            row.get("subject", String.class),
            row.get("type", String.class),
            row.get("payload", String.class)),
        row.get("created_at", Instant.class));
  }

  /**
   * A place in the order of events.
   *
   * @param xid PostgreSQL's 64 bit transaction id, in decimal
   * @param id the row's number
   */
  record Position(String xid, long id) {
    static final Position START = new Position("0", 0);
  }

  /**
   * What comes next for a subscriber.
   *
   * @param events those that may be delivered now
   * @param last where the subscriber stands once it has them
   * @param oldestAgeMs age of the oldest event it does not have, certain or not; 0 when none
   */
  record Batch(List<DeliveredEvent> events, Position last, long oldestAgeMs) {
    Batch {
      events = List.copyOf(events);
    }
  }
}
