package io.tollgate.billing.internal.records;

import io.tollgate.billing.RecordLists;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.CursorText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/**
 * Reads records of all users. Those of one user come from that user's index; the others by the ids
 * of their charges, which are in the order of time: charges bear no further index for it.
 */
public final class RecordList implements RecordLists {
  private static final String COLUMNS =
      """
      SELECT c.id, c.tenant_id, c.user_id, c.service, r.type, r.count, r.amount, c.currency,
             c.request_id, c.created_at,
             (SELECT f.refunded_at FROM billing.service_refund f WHERE f.charge_id = c.id)
               AS refunded_at,
             (SELECT f.reason FROM billing.service_refund f WHERE f.charge_id = c.id)
               AS refund_reason
      """;

  private static final String FROM =
      """
        FROM billing.service_charge c
       CROSS JOIN LATERAL (VALUES (1, c.free_count, 0::bigint), (2, c.paid_count, c.amount))
             AS r (type, count, amount)
       WHERE r.count > 0
      """;

  /** An id is made before its charge, and never this much before. */
  private static final Duration BEFORE = Duration.ofHours(1);

  /** Ids are made by the clock of a process, charges dated by the database's. */
  private static final Duration BEHIND = Duration.ofHours(1);

  @Override
  public ListPage<ListedRecord> page(Transaction transaction, Filter filter, ListRequest page) {
    List<Object> values = new ArrayList<>();
    String where = where(filter, values);
    List<Object> all = new ArrayList<>(values);
    StringBuilder rest = new StringBuilder();
    boolean ofUser = filter.user().isPresent();
    page.cursor().map(Place::read).ifPresent(place -> place.after(ofUser, rest, all));
    rest.append(
            ofUser
                ? " ORDER BY c.created_at DESC, c.id DESC, r.type"
                : " ORDER BY c.id DESC, r.type")
        .append(" LIMIT ? OFFSET ?");
    all.add(page.limit());
    all.add(page.offset());
    return ListPage.of(
        transaction.sql().fetch(COLUMNS + where + rest, all.toArray()).map(RecordList::read),
        page,
        row -> CursorText.write(row.createdAt(), row.id(), row.type()),
        () ->
            transaction
                .sql()
                .fetchSingle("SELECT count(*)" + where, values.toArray())
                .get(0, Long.class));
  }

  private static String where(Filter filter, List<Object> values) {
    StringBuilder where = new StringBuilder(FROM);
    filter.record().ifPresent(each -> add(where, " AND c.id = ?", each, values));
    filter.tenant().ifPresent(each -> add(where, " AND c.tenant_id = ?", each.value(), values));
    filter.user().ifPresent(each -> add(where, " AND c.user_id = ?", each.value(), values));
    filter.service().ifPresent(each -> add(where, " AND c.service = ?", each, values));
    filter.type().ifPresent(each -> add(where, " AND r.type = ?", each, values));
    filter
        .start()
        .ifPresent(
            each -> {
              add(where, " AND c.created_at >= ?::timestamptz", each.toString(), values);
              add(where, " AND c.id >= ?::uuid", first(each.minus(BEFORE)), values);
            });
    filter
        .end()
        .ifPresent(
            each -> {
              add(where, " AND c.created_at < ?::timestamptz", each.toString(), values);
              add(where, " AND c.id < ?::uuid", first(each.plus(BEHIND)), values);
            });
    return where.toString();
  }

  private static void add(
      StringBuilder where, String condition, Object value, List<Object> values) {
    where.append(condition);
    values.add(value);
  }

  /** The first id that can be made at that moment. */
  private static String first(Instant moment) {
    return new UUID(Math.max(0, moment.toEpochMilli()) << 16, 0).toString();
  }

  private static ListedRecord read(Record row) {
    return new ListedRecord(
        row.get("id", UUID.class),
        new TenantId(row.get("tenant_id", Long.class)),
        new UserId(row.get("user_id", Long.class)),
        row.get("service", String.class),
        row.get("type", Integer.class),
        row.get("count", Long.class),
        new Amount(Asset.money(row.get("currency", String.class)), row.get("amount", Long.class)),
        Optional.ofNullable(row.get("request_id", String.class)),
        row.get("created_at", Instant.class),
        Optional.ofNullable(row.get("refunded_at", Instant.class)),
        Optional.ofNullable(row.get("refund_reason", String.class)));
  }

  /** The place of a record in the list. */
  private record Place(Instant createdAt, UUID id, int type) {
    static Place read(String cursor) {
      try {
        List<String> parts = CursorText.read(cursor, 3);
        return new Place(
            Instant.parse(parts.get(0)),
            UUID.fromString(parts.get(1)),
            Integer.parseInt(parts.get(2)));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
      }
    }

    void after(boolean ofUser, StringBuilder where, List<Object> values) {
      if (ofUser) {
        where.append(" AND (c.created_at, c.id) <= (?::timestamptz, ?::uuid)");
        values.add(createdAt.toString());
      } else {
        where.append(" AND c.id <= ?::uuid");
      }
      values.add(id.toString());
      where.append(" AND NOT (c.id = ?::uuid AND r.type <= ?)");
      values.add(id.toString());
      values.add(type);
    }
  }
}
