package io.tollgate.billing.internal.recharge;

import io.tollgate.billing.ListedRefund;
import io.tollgate.billing.ListedRefund.Kind;
import io.tollgate.billing.RechargeRefund.State;
import io.tollgate.billing.RefundFilter;
import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.web.CursorText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jooq.Record;

/**
 * Refunds of every sort as one list, the newest first, by the moment they were asked for. Each sort
 * is read in that order from an index of its own, no more of it than the part that is wanted.
 */
final class RefundList {
  private static final String ORDER = " ORDER BY made_at DESC, id DESC LIMIT ?";

  private RefundList() {}

  /** Where the rows of one sort come from. */
  private enum Source {
    RECHARGE(
        Kind.RECHARGE,
        """
        SELECT 'recharge' AS kind, r.id AS id, r.tenant_id, o.user_id, o.order_id AS subject,
               r.order_ref, o.method, NULL::text AS service, o.currency, r.amount,
               0::bigint AS quota, r.reason, r.admin_id, r.state, r.channel_refund, r.detail,
               r.attempts, CASE WHEN r.state = 'held' THEN r.next_try_at END AS next_try_at,
               r.transfer_id, r.created_at AS made_at, r.updated_at
        """,
        " FROM billing.recharge_refund r JOIN billing.recharge_order o ON o.id = r.order_ref",
        "r.tenant_id",
        "o.user_id",
        "r.created_at",
        "r.id"),
    REQUEST(
        Kind.REQUEST,
        """
        SELECT 'request' AS kind, r.charge_id AS id, r.tenant_id, r.user_id,
               r.charge_id::text AS subject, NULL::bigint AS order_ref, NULL::text AS method,
               NULL::text AS service, r.currency, r.amount, r.quota_tokens AS quota, r.reason,
               r.admin_id, 'booked' AS state, NULL::text AS channel_refund, '' AS detail,
               0 AS attempts, NULL::timestamptz AS next_try_at, r.transfer_id,
               r.refunded_at AS made_at, r.refunded_at AS updated_at
        """,
        " FROM billing.charge_refund r",
        "r.tenant_id",
        "r.user_id",
        "r.refunded_at",
        "r.charge_id"),
    SERVICE(
        Kind.SERVICE,
        """
        SELECT 'service' AS kind, r.charge_id AS id, r.tenant_id, c.user_id,
               r.charge_id::text AS subject, NULL::bigint AS order_ref, NULL::text AS method,
               c.service, c.currency, c.amount, c.free_count AS quota, r.reason,
               NULL::bigint AS admin_id, 'booked' AS state, NULL::text AS channel_refund,
               '' AS detail, 0 AS attempts, NULL::timestamptz AS next_try_at, r.transfer_id,
               r.refunded_at AS made_at, r.refunded_at AS updated_at
        """,
        " FROM billing.service_refund r JOIN billing.service_charge c ON c.id = r.charge_id",
        "r.tenant_id",
        "c.user_id",
        "r.refunded_at",
        "r.charge_id");

    private final Kind kind;
    private final String columns;
    private final String tables;
    private final String tenant;
    private final String user;
    private final String moment;
    private final String id;

    Source(
        Kind kind,
        String columns,
        String tables,
        String tenant,
        String user,
        String moment,
        String id) {
      this.kind = kind;
      this.columns = columns;
      this.tables = tables;
      this.tenant = tenant;
      this.user = user;
      this.moment = moment;
      this.id = id;
    }

    /** Only what a channel gives back has a method, and can be other than booked. */
    boolean has(RefundFilter filter) {
      boolean byChannel =
          filter.method().isPresent()
              || filter.state().filter(state -> state != State.BOOKED).isPresent();
      return filter.kind().filter(wanted -> wanted != kind).isEmpty()
          && (this == RECHARGE || !byChannel);
    }

    /** The condition of a filter; adds its values. */
    String where(RefundFilter filter, List<Object> values) {
      StringBuilder where = new StringBuilder(" WHERE true");
      filter.tenant().ifPresent(each -> add(where, tenant + " = ?", each.value(), values));
      filter.user().ifPresent(each -> add(where, user + " = ?", each.value(), values));
      filter.start().ifPresent(each -> add(where, moment + " >= ?::timestamptz", each, values));
      filter.end().ifPresent(each -> add(where, moment + " < ?::timestamptz", each, values));
      if (this == RECHARGE) {
        filter.state().ifPresent(each -> add(where, "r.state = ?", RefundTable.code(each), values));
        filter.method().ifPresent(each -> add(where, "o.method = ?", each.code(), values));
      }
      return where.toString();
    }

    private static void add(
        StringBuilder where, String condition, Object value, List<Object> values) {
      where.append(" AND ").append(condition);
      values.add(value instanceof Instant moment ? moment.toString() : value);
    }
  }

  static ListPage<ListedRefund> page(
      Transaction transaction, RefundFilter filter, ListRequest page) {
    List<Source> sources = new ArrayList<>(List.of(Source.values()));
    sources.removeIf(source -> !source.has(filter));
    if (sources.isEmpty()) {
      return ListPage.of(List.of(), page, row -> "", () -> 0);
    }
    return ListPage.of(
        rows(transaction, sources, filter, page),
        page,
        row -> CursorText.write(row.createdAt(), row.id()),
        () -> count(transaction, sources, filter));
  }

  private static List<ListedRefund> rows(
      Transaction transaction, List<Source> sources, RefundFilter filter, ListRequest page) {
    Optional<Place> after = page.cursor().map(Place::read);
    List<Object> values = new ArrayList<>();
    List<String> parts = new ArrayList<>();
    for (Source source : sources) {
      String where = source.where(filter, values);
      if (after.isPresent()) {
        where += " AND (" + source.moment + ", " + source.id + ") < (?::timestamptz, ?::uuid)";
        values.add(after.get().moment().toString());
        values.add(after.get().id().toString());
      }
      values.add(page.offset() + page.limit());
      parts.add("(" + source.columns + source.tables + where + ORDER + ")");
    }
    values.add(page.limit());
    values.add(page.offset());
    return transaction
        .sql()
        .fetch(
            "SELECT * FROM ("
                + String.join(" UNION ALL ", parts)
                + ") AS refund"
                + ORDER
                + " OFFSET ?",
            values.toArray())
        .map(RefundList::read);
  }

  private static long count(Transaction transaction, List<Source> sources, RefundFilter filter) {
    List<Object> values = new ArrayList<>();
    List<String> parts =
        sources.stream()
            .map(source -> "(SELECT count(*)" + source.tables + source.where(filter, values) + ")")
            .toList();
    return transaction
        .sql()
        .fetchSingle("SELECT " + String.join(" + ", parts), values.toArray())
        .get(0, Long.class);
  }

  private static ListedRefund read(Record row) {
    return new ListedRefund(
        Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
        row.get("id", UUID.class),
        new TenantId(row.get("tenant_id", Long.class)),
        new UserId(row.get("user_id", Long.class)),
        row.get("subject", String.class),
        Optional.ofNullable(row.get("order_ref", Long.class))
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()),
        Optional.ofNullable(row.get("method", String.class)).map(StoredOrder::method),
        Optional.ofNullable(row.get("service", String.class)),
        new Amount(Asset.money(row.get("currency", String.class)), row.get("amount", Long.class)),
        row.get("quota", Long.class),
        row.get("reason", String.class),
        Optional.ofNullable(row.get("admin_id", Long.class)).map(AdminId::new),
        State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.get("channel_refund", String.class)),
        row.get("detail", String.class),
        row.get("attempts", Integer.class),
        Optional.ofNullable(row.get("next_try_at", Instant.class)),
        Optional.ofNullable(row.get("transfer_id", UUID.class)),
        row.get("made_at", Instant.class),
        row.get("updated_at", Instant.class));
  }

  /** The place of a row in the list. */
  private record Place(Instant moment, UUID id) {
    static Place read(String cursor) {
      try {
        List<String> parts = CursorText.read(cursor, 2);
        return new Place(Instant.parse(parts.get(0)), UUID.fromString(parts.get(1)));
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
      }
    }
  }
}
