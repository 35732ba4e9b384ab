package io.tollgate.billing.internal.records;

import io.tollgate.billing.BillingRecords.RecordFilter;
import io.tollgate.billing.BillingRecords.RecordPage;
import io.tollgate.billing.BillingRecords.ServiceRecord;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;

/** Reads charges as records: one for what was free, one for what was paid. */
final class RecordTable {
  private static final String FROM =
      """
        FROM billing.service_charge c
       CROSS JOIN LATERAL (VALUES (1, c.free_count, 0::bigint), (2, c.paid_count, c.amount))
             AS r (type, count, amount)
       WHERE c.user_id = ? AND r.count > 0
      """;

  /** No EXISTS for the refund: all refunds of everybody would be hashed for a page of one user. */
  private static final String SELECT =
      """
      SELECT c.id, c.service, r.type, r.amount, r.count, c.created_at, c.currency,
             (SELECT true FROM billing.service_refund f WHERE f.charge_id = c.id) IS NOT NULL
               AS refunded
      """;

  private static final String ORDER =
      " ORDER BY c.created_at DESC, c.id DESC, r.type LIMIT ? OFFSET ?";

  private RecordTable() {}

  static RecordPage page(
      Transaction transaction, UserId user, RecordFilter filter, int page, int pageSize) {
    StringBuilder where = new StringBuilder(FROM);
    List<Object> given = new ArrayList<>();
    given.add(user.value());
    filter.service().ifPresent(service -> add(where, given, " AND c.service = ?", service));
    filter.type().ifPresent(type -> add(where, given, " AND r.type = ?", type));
    filter
        .start()
        .ifPresent(
            start -> add(where, given, " AND c.created_at >= ?::timestamptz", start.toString()));
    filter
        .end()
        .ifPresent(end -> add(where, given, " AND c.created_at < ?::timestamptz", end.toString()));
    long total =
        transaction
            .sql()
            .fetchSingle("SELECT count(*) " + where, given.toArray())
            .get(0, Long.class);
    List<Object> paged = new ArrayList<>(given);
    paged.add(pageSize);
    paged.add(Math.multiplyExact((long) (page - 1), pageSize));
    return new RecordPage(
        transaction.sql().fetch(SELECT + where + ORDER, paged.toArray()).map(RecordTable::read),
        total);
  }

  private static void add(StringBuilder where, List<Object> given, String condition, Object value) {
    where.append(condition);
    given.add(value);
  }

  private static ServiceRecord read(Record row) {
    return new ServiceRecord(
        row.get("id", UUID.class).toString(),
        row.get("service", String.class),
        row.get("type", Integer.class),
        new Amount(Asset.money(row.get("currency", String.class)), row.get("amount", Long.class)),
        row.get("count", Long.class),
        row.get("created_at", OffsetDateTime.class).toInstant(),
        row.get("refunded", Boolean.class));
  }
}
