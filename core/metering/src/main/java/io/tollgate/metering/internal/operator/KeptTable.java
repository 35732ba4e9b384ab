package io.tollgate.metering.internal.operator;

import static io.tollgate.schema.metering.Tables.SETTLEMENT_EXCEPTION;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UnbookedCharges.Filter;
import io.tollgate.metering.UnbookedCharges.Kept;
import io.tollgate.metering.UnbookedCharges.Place;
import io.tollgate.metering.UnbookedCharges.State;
import io.tollgate.metering.internal.meterlog.LogRecord;
import io.tollgate.metering.internal.meterlog.RecordBytes;
import io.tollgate.schema.metering.tables.records.SettlementExceptionRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The table of exceptions, as the operator deals with them. */
final class KeptTable {
  private KeptTable() {}

  static ListPage<Kept> page(
      Transaction transaction, DecodedRecords decoded, Filter filter, ListRequest page) {
    Condition condition = condition(filter);
    return ListPage.of(
        transaction
            .sql()
            .selectFrom(SETTLEMENT_EXCEPTION)
            .where(condition)
            .and(page.cursor().map(KeptTable::after).orElse(DSL.noCondition()))
            .orderBy(
                SETTLEMENT_EXCEPTION.NOTED_AT.desc(),
                SETTLEMENT_EXCEPTION.LOG.desc(),
                SETTLEMENT_EXCEPTION.SEQUENCE.desc())
            .offset(page.offset())
            .limit(page.limit())
            .fetch(row -> shown(row, decoded)),
        page,
        row -> row.notedAt() + " " + row.place().log() + " " + row.place().sequence(),
        () -> transaction.sql().fetchCount(SETTLEMENT_EXCEPTION, condition));
  }

  /** The row, locked. */
  static Optional<SettlementExceptionRecord> lock(Transaction transaction, Place place) {
    return transaction
        .sql()
        .selectFrom(SETTLEMENT_EXCEPTION)
        .where(SETTLEMENT_EXCEPTION.LOG.eq(place.log()))
        .and(SETTLEMENT_EXCEPTION.SEQUENCE.eq(place.sequence()))
        .forUpdate()
        .fetchOptional();
  }

  /** Every record that is kept of a charge, in the order of the log. */
  static List<LogRecord> records(Transaction transaction, UUID log, UUID charge) {
    List<LogRecord> records = new ArrayList<>();
    transaction
        .sql()
        .selectFrom(SETTLEMENT_EXCEPTION)
        .where(SETTLEMENT_EXCEPTION.CHARGE_ID.eq(charge))
        .and(SETTLEMENT_EXCEPTION.LOG.eq(log))
        .orderBy(SETTLEMENT_EXCEPTION.SEQUENCE)
        .forEach(row -> records.addAll(RecordBytes.read(row.getLog(), row.getRecords())));
    return records;
  }

  static boolean isOpen(Transaction transaction, UUID charge) {
    return transaction
        .sql()
        .fetchExists(
            SETTLEMENT_EXCEPTION,
            SETTLEMENT_EXCEPTION
                .CHARGE_ID
                .eq(charge)
                .and(SETTLEMENT_EXCEPTION.RESOLVED_AT.isNull()));
  }

  static void take(Transaction transaction, Place place, AdminId admin) {
    int _ =
        transaction
            .sql()
            .update(SETTLEMENT_EXCEPTION)
            .set(SETTLEMENT_EXCEPTION.ADMIN_ID, admin.value())
            .where(SETTLEMENT_EXCEPTION.LOG.eq(place.log()))
            .and(SETTLEMENT_EXCEPTION.SEQUENCE.eq(place.sequence()))
            .execute();
  }

  static void resolve(
      Transaction transaction,
      Condition which,
      AdminId admin,
      String action,
      Optional<String> note,
      Instant now) {
    int _ =
        transaction
            .sql()
            .update(SETTLEMENT_EXCEPTION)
            .set(SETTLEMENT_EXCEPTION.ADMIN_ID, admin.value())
            .set(SETTLEMENT_EXCEPTION.ACTION, action)
            .set(SETTLEMENT_EXCEPTION.NOTE, note.orElse(null))
            .set(
                SETTLEMENT_EXCEPTION.RESOLVED_AT,
                DSL.coalesce(SETTLEMENT_EXCEPTION.RESOLVED_AT, DSL.val(now)))
            .where(which)
            .execute();
  }

  static Condition at(Place place) {
    return SETTLEMENT_EXCEPTION
        .LOG
        .eq(place.log())
        .and(SETTLEMENT_EXCEPTION.SEQUENCE.eq(place.sequence()));
  }

  /** All of a charge that nobody has closed. */
  static Condition unactedOf(UUID charge) {
    return SETTLEMENT_EXCEPTION.CHARGE_ID.eq(charge).and(SETTLEMENT_EXCEPTION.ACTION.isNull());
  }

  static Kept shown(SettlementExceptionRecord row, DecodedRecords decoded) {
    // tenant and user are 0 where the record that names them is gone
    return new Kept(
        new Place(row.getLog(), row.getSequence()),
        new ChargeId(row.getChargeId()),
        row.getTenantId() > 0 ? Optional.of(new TenantId(row.getTenantId())) : Optional.empty(),
        row.getUserId() > 0 ? Optional.of(new UserId(row.getUserId())) : Optional.empty(),
        decoded.of(RecordBytes.read(row.getLog(), row.getRecords())),
        row.getWhy(),
        state(row.getAdminId() != null, row.getResolvedAt() != null),
        Optional.ofNullable(row.getAdminId()).map(AdminId::new),
        Optional.ofNullable(row.getAction()),
        Optional.ofNullable(row.getNote()),
        row.getNotedAt(),
        Optional.ofNullable(row.getResolvedAt()));
  }

  static State state(boolean taken, boolean closed) {
    return closed ? State.CLOSED : taken ? State.TAKEN : State.OPEN;
  }

  private static Condition condition(Filter filter) {
    List<Condition> conditions = new ArrayList<>();
    filter
        .tenant()
        .ifPresent(each -> conditions.add(SETTLEMENT_EXCEPTION.TENANT_ID.eq(each.value())));
    filter.user().ifPresent(each -> conditions.add(SETTLEMENT_EXCEPTION.USER_ID.eq(each.value())));
    filter
        .charge()
        .ifPresent(each -> conditions.add(SETTLEMENT_EXCEPTION.CHARGE_ID.eq(each.value())));
    filter
        .state()
        .ifPresent(
            state ->
                conditions.add(
                    switch (state) {
                      case OPEN ->
                          SETTLEMENT_EXCEPTION
                              .RESOLVED_AT
                              .isNull()
                              .and(SETTLEMENT_EXCEPTION.ADMIN_ID.isNull());
                      case TAKEN ->
                          SETTLEMENT_EXCEPTION
                              .RESOLVED_AT
                              .isNull()
                              .and(SETTLEMENT_EXCEPTION.ADMIN_ID.isNotNull());
                      case CLOSED -> SETTLEMENT_EXCEPTION.RESOLVED_AT.isNotNull();
                    }));
    return DSL.and(conditions);
  }

  private static Condition after(String cursor) {
    try {
      String[] parts = cursor.split(" ", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("parts: " + parts.length);
      }
      return DSL.row(
              SETTLEMENT_EXCEPTION.NOTED_AT,
              SETTLEMENT_EXCEPTION.LOG,
              SETTLEMENT_EXCEPTION.SEQUENCE)
          .lessThan(Instant.parse(parts[0]), UUID.fromString(parts[1]), Long.valueOf(parts[2]));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
