package io.tollgate.data.internal;

import static io.tollgate.schema.data.Tables.OUTBOX_CURSOR;

import io.tollgate.data.DeliveredEvent;
import io.tollgate.data.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/**
 * The outbox table and how far a subscriber got in it. It goes in windows of transactions: from
 * where it stands to the oldest transaction that still runs, before which nothing can appear any
 * more. Within one, events go by their numbers: two transactions of one user, of which the later
 * one wrote first, lie in the same window, as the one that wrote first ended first.
 */
final class OutboxReader {
  /** Events delivered at once at most. */
  static final int BATCH = 500;

  /** Sorted by an expression, lest the primary key is read from its beginning. */
  private static final String NEXT =
      "WITH place AS MATERIALIZED ("
          + """
            SELECT c.xid, c.id, c.until > c.xid AS opened,
                   CASE WHEN c.until > c.xid THEN c.until
                        ELSE pg_snapshot_xmin(pg_current_snapshot()) END AS until
              FROM data.outbox_cursor c
             WHERE c.subscriber = ?
          ), next AS MATERIALIZED (
            SELECT w.id
              FROM place p
              JOIN data.outbox w ON w.xid >= p.xid AND w.xid < p.until AND w.id > p.id
             ORDER BY w.id + 0
             LIMIT ?
          )
          SELECT p.xid::text AS from_xid, p.until::text AS until_xid, p.opened,
          """
          + EventRows.COLUMNS
          + """
            , (extract(epoch FROM clock_timestamp() - o.created_at) * 1000)::bigint AS age_ms
            FROM place p
            LEFT JOIN next n ON true
            LEFT JOIN data.outbox o ON o.id = n.id
           ORDER BY n.id
          """;

  private static final String UNCERTAIN =
      """
      SELECT coalesce((extract(epoch FROM clock_timestamp() - min(o.created_at)) * 1000)::bigint, 0)
        FROM (SELECT o.created_at
                FROM data.outbox o
                JOIN data.outbox_cursor c ON o.xid >= c.xid AND o.xid >= c.until
               WHERE c.subscriber = ?
               ORDER BY o.xid, o.id
               LIMIT 1) o
      """;

  private static final String ADVANCE =
      """
      UPDATE data.outbox_cursor
         SET xid = ?::xid8, until = ?::xid8, id = ?, updated_at = clock_timestamp()
       WHERE subscriber = ? AND (xid, id) <= (?::xid8, ?)
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
          long oldestAgeMs = 0;
          String from = "0";
          String until = "0";
          boolean opened = false;
          long last = 0;
          for (Record row : transaction.sql().fetch(NEXT, subscriber, BATCH)) {
            from = row.get("from_xid", String.class);
            until = row.get("until_xid", String.class);
            opened = row.get("opened", boolean.class);
            if (row.get("id") != null) {
              events.add(EventRows.event(row));
              oldestAgeMs = Math.max(oldestAgeMs, row.get("age_ms", long.class));
              last = row.get("id", long.class);
            }
          }
          if (events.isEmpty()) {
            oldestAgeMs = transaction.sql().fetchSingle(UNCERTAIN, subscriber).get(0, long.class);
          }
          Position position =
              events.size() == BATCH
                  ? new Position(from, until, last)
                  : new Position(until, until, 0);
          return new Batch(events, position, opened, oldestAgeMs);
        });
  }

  void advance(String subscriber, Position to) {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .execute(
                        ADVANCE, to.from(), to.until(), to.id(), subscriber, to.from(), to.id()));
  }

  /**
   * A place in the order of events.
   *
   * @param from PostgreSQL's 64 bit transaction id, in decimal: all before it are delivered
   * @param until where the window ends that is being delivered; {@code from} when there is none
   * @param id the row's number up to which the window is delivered
   */
  record Position(String from, String until, long id) {}

  /**
   * What comes next for a subscriber.
   *
   * @param events those that may be delivered now
   * @param last where the subscriber stands once it has them
   * @param opened whether the window was begun before, so that it is to be left even when nothing
   *     is left in it
   * @param oldestAgeMs age of the oldest event it does not have, certain or not; 0 when none
   */
  record Batch(List<DeliveredEvent> events, Position last, boolean opened, long oldestAgeMs) {
    Batch {
      events = List.copyOf(events);
    }
  }
}
