package io.tollgate.identity.internal.changes;

import static io.tollgate.schema.identity.Tables.ADMIN_CHANGE;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.AdminAct;
import io.tollgate.identity.AdminChange;
import io.tollgate.identity.AdminChangeFilter;
import io.tollgate.identity.SignInOrigin;
import io.tollgate.schema.identity.tables.records.AdminChangeRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;

/** The table of the administrators' log. */
final class ChangeTable {
  /** Asks the triggers of watched tables to note what this transaction changes. */
  private static final String NOTE =
      """
      SELECT set_config('tollgate.change', 'on', true), set_config('tollgate.changes', '', true),
             set_config('tollgate.changed', '0', true)
      """;

  /**
   * Writes what has been noted, if anything has. Who signs in is known by the session only that
   * this transaction opens.
   */
  private static final String WRITE =
      """
      INSERT INTO identity.admin_change (at, admin_id, username, action, path, thing, thing_id,
                                         tenant_id, changes, changed, outcome, request_id, address,
                                         device)
      SELECT ?::timestamptz, a.admin_id, coalesce(nullif(?::text, ''), m.username, ''), ?::text,
             ?::text, n.changes -> 0 ->> 'thing', left(n.changes -> 0 ->> 'id', 200),
             (n.changes -> 0 ->> 'tenant_id')::bigint, n.changes, n.changed, 'done', ?::uuid,
             ?::text, ?::text
        FROM (SELECT ('[' || current_setting('tollgate.changes') || ']')::jsonb AS changes,
                     current_setting('tollgate.changed')::integer AS changed) n
       CROSS JOIN LATERAL (
             SELECT coalesce(?::bigint,
                      CASE WHEN n.changes -> 0 ->> 'thing' = 'admin_session'
                           THEN (n.changes -> 0 ->> 'admin_id')::bigint END) AS admin_id) a
        LEFT JOIN identity.admin m ON m.id = a.admin_id
       WHERE n.changed > 0
      """;

  void note(Transaction transaction) {
    var _ = transaction.sql().fetch(NOTE);
  }

  /** Whether something had been noted. */
  boolean writeNoted(Transaction transaction, AdminAct act, Instant now) {
    return transaction
            .sql()
            .execute(
                WRITE,
                now.toString(),
                act.username(),
                act.action(),
                act.path(),
                act.requestId(),
                act.origin().address(),
                act.origin().device(),
                act.admin().map(AdminId::value).orElse(null))
        > 0;
  }

  /** Writes a row without changes. */
  void write(
      Transaction transaction,
      AdminAct act,
      String username,
      Optional<ErrorCode> refused,
      Instant now) {
    var _ =
        transaction
            .sql()
            .insertInto(ADMIN_CHANGE)
            .set(ADMIN_CHANGE.AT, now)
            .set(ADMIN_CHANGE.ADMIN_ID, act.admin().map(AdminId::value).orElse(null))
            .set(ADMIN_CHANGE.USERNAME, username)
            .set(ADMIN_CHANGE.ACTION, act.action())
            .set(ADMIN_CHANGE.PATH, act.path())
            .set(ADMIN_CHANGE.THING, "")
            .set(ADMIN_CHANGE.THING_ID, act.thingId())
            .set(ADMIN_CHANGE.CHANGES, JSONB.valueOf("[]"))
            .set(ADMIN_CHANGE.CHANGED, 0)
            .set(ADMIN_CHANGE.OUTCOME, refused.isPresent() ? "refused" : "done")
            .set(ADMIN_CHANGE.ERROR_CODE, refused.map(ErrorCode::name).orElse(null))
            .set(ADMIN_CHANGE.REQUEST_ID, act.requestId())
            .set(ADMIN_CHANGE.ADDRESS, act.origin().address())
            .set(ADMIN_CHANGE.DEVICE, act.origin().device())
            .execute();
  }

  ListPage<AdminChange> page(Transaction transaction, AdminChangeFilter filter, ListRequest page) {
    return ListPage.of(
        query(transaction.sql(), filter, page).fetch(ChangeTable::read),
        page,
        ChangeTable::cursor,
        () -> transaction.sql().fetchCount(ADMIN_CHANGE, condition(filter)));
  }

  static ResultQuery<AdminChangeRecord> query(
      DSLContext sql, AdminChangeFilter filter, ListRequest page) {
    Condition condition = condition(filter);
    if (page.cursor().isPresent()) {
      condition = condition.and(behind(page.cursor().get()));
    }
    return sql.selectFrom(ADMIN_CHANGE)
        .where(condition)
        .orderBy(ADMIN_CHANGE.AT.desc(), ADMIN_CHANGE.ID.desc())
        .offset(page.offset())
        .limit(page.limit());
  }

  private static Condition condition(AdminChangeFilter filter) {
    Condition condition = DSL.noCondition();
    condition = condition.and(is(ADMIN_CHANGE.ADMIN_ID, filter.admin().map(AdminId::value)));
    condition = condition.and(is(ADMIN_CHANGE.ACTION, filter.action()));
    condition = condition.and(is(ADMIN_CHANGE.THING, filter.thing()));
    condition = condition.and(is(ADMIN_CHANGE.THING_ID, filter.thingId()));
    condition = condition.and(is(ADMIN_CHANGE.TENANT_ID, filter.tenant().map(TenantId::value)));
    condition =
        condition.and(
            is(ADMIN_CHANGE.OUTCOME, filter.done().map(done -> done ? "done" : "refused")));
    condition = condition.and(is(ADMIN_CHANGE.REQUEST_ID, filter.requestId()));
    condition = condition.and(filter.start().map(ADMIN_CHANGE.AT::ge).orElseGet(DSL::noCondition));
    return condition.and(filter.end().map(ADMIN_CHANGE.AT::lt).orElseGet(DSL::noCondition));
  }

  private static <T> Condition is(Field<T> field, Optional<T> value) {
    return value.<Condition>map(field::eq).orElseGet(DSL::noCondition);
  }

  private static String cursor(AdminChange row) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, row.at()) + "-" + row.id();
  }

  private static Condition behind(String cursor) {
    int dash = cursor.indexOf('-');
    try {
      Instant at = Instant.EPOCH.plus(Long.parseLong(cursor.substring(0, dash)), ChronoUnit.MICROS);
      long id = Long.parseLong(cursor.substring(dash + 1));
      return DSL.row(ADMIN_CHANGE.AT, ADMIN_CHANGE.ID).lt(at, id);
    } catch (IndexOutOfBoundsException | NumberFormatException | ArithmeticException e) {
      throw GivenText.refused("cursor", cursor, "next_cursor of the page before");
    }
  }

  private static AdminChange read(AdminChangeRecord row) {
    return new AdminChange(
        row.getId(),
        row.getAt(),
        Optional.ofNullable(row.getAdminId()).map(AdminId::new),
        row.getUsername(),
        row.getAction(),
        row.getPath(),
        row.getThing(),
        row.getThingId(),
        Optional.ofNullable(row.getTenantId()).map(TenantId::new),
        row.getChanges().data(),
        row.getChanged(),
        Optional.ofNullable(row.getErrorCode()),
        row.getRequestId(),
        new SignInOrigin(row.getAddress(), row.getDevice()));
  }
}
