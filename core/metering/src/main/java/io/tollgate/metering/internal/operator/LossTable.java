package io.tollgate.metering.internal.operator;

import static io.tollgate.schema.metering.Tables.AT_RISK;
import static io.tollgate.schema.metering.Tables.LOSS;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.metering.UnbookedCharges.Loss;
import io.tollgate.metering.UnbookedCharges.State;
import io.tollgate.schema.metering.tables.records.LossRecord;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The table of losses, with what bounds them. */
final class LossTable {
  private LossTable() {}

  static ListPage<Loss> page(Transaction transaction, Optional<State> state, ListRequest page) {
    Condition condition = state.map(LossTable::condition).orElse(DSL.noCondition());
    List<LossRecord> found =
        transaction
            .sql()
            .selectFrom(LOSS)
            .where(condition)
            .and(page.cursor().map(LossTable::after).orElse(DSL.noCondition()))
            .orderBy(LOSS.NOTED_AT.desc(), LOSS.LOG.desc())
            .offset(page.offset())
            .limit(page.limit())
            .fetch();
    Map<UUID, Map<AccountId, Long>> bounds =
        bounds(transaction, found.stream().map(LossRecord::getLog).toList());
    return ListPage.of(
        found.stream().map(row -> shown(row, bounds)).toList(),
        page,
        row -> row.notedAt() + " " + row.log(),
        () -> transaction.sql().fetchCount(LOSS, condition));
  }

  /** The row, locked. */
  static Optional<LossRecord> lock(Transaction transaction, UUID log) {
    return transaction.sql().selectFrom(LOSS).where(LOSS.LOG.eq(log)).forUpdate().fetchOptional();
  }

  static Loss find(Transaction transaction, UUID log) {
    return shown(
        transaction.sql().selectFrom(LOSS).where(LOSS.LOG.eq(log)).fetchSingle(),
        bounds(transaction, List.of(log)));
  }

  static void take(Transaction transaction, UUID log, AdminId admin) {
    int _ =
        transaction
            .sql()
            .update(LOSS)
            .set(LOSS.ADMIN_ID, admin.value())
            .where(LOSS.LOG.eq(log))
            .execute();
  }

  static void close(Transaction transaction, UUID log, AdminId admin, String note, Instant now) {
    int _ =
        transaction
            .sql()
            .update(LOSS)
            .set(LOSS.ADMIN_ID, admin.value())
            .set(LOSS.NOTE, note)
            .set(LOSS.CLOSED_AT, now)
            .where(LOSS.LOG.eq(log))
            .execute();
  }

  private static Map<UUID, Map<AccountId, Long>> bounds(
      Transaction transaction, Collection<UUID> logs) {
    Map<UUID, Map<AccountId, Long>> bounds = new HashMap<>();
    transaction
        .sql()
        .select(AT_RISK.LOG, AT_RISK.ACCOUNT_ID, AT_RISK.UNITS)
        .from(AT_RISK)
        .where(AT_RISK.LOG.in(logs))
        .and(AT_RISK.CAUSE.eq("loss"))
        .forEach(
            row -> {
              Long _ =
                  bounds
                      .computeIfAbsent(row.value1(), _ -> new HashMap<>())
                      .merge(new AccountId(row.value2()), row.value3(), Math::addExact);
            });
    return bounds;
  }

  private static Loss shown(LossRecord row, Map<UUID, Map<AccountId, Long>> bounds) {
    return new Loss(
        row.getLog(),
        row.getIncarnation(),
        row.getBeginsAt(),
        row.getEndsAt(),
        row.getWhy(),
        bounds.getOrDefault(row.getLog(), Map.of()),
        KeptTable.state(row.getAdminId() != null, row.getClosedAt() != null),
        Optional.ofNullable(row.getAdminId()).map(AdminId::new),
        Optional.ofNullable(row.getNote()),
        row.getNotedAt(),
        Optional.ofNullable(row.getClosedAt()));
  }

  private static Condition condition(State state) {
    return switch (state) {
      case OPEN -> LOSS.CLOSED_AT.isNull().and(LOSS.ADMIN_ID.isNull());
      case TAKEN -> LOSS.CLOSED_AT.isNull().and(LOSS.ADMIN_ID.isNotNull());
      case CLOSED -> LOSS.CLOSED_AT.isNotNull();
    };
  }

  private static Condition after(String cursor) {
    try {
      String[] parts = cursor.split(" ", -1);
      if (parts.length != 2) {
        throw new IllegalArgumentException("parts: " + parts.length);
      }
      return DSL.row(LOSS.NOTED_AT, LOSS.LOG)
          .lessThan(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "cursor: not one of this list (expected: its last next)", e);
    }
  }
}
