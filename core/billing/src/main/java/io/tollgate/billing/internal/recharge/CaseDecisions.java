package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_CASE;
import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeCase;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.billing.tables.records.RechargeCaseRecord;
import java.time.InstantSource;
import java.util.Optional;

/** Lets administrators take cases on and close them. */
final class CaseDecisions {
  private static final int ACTION_MAX = 40;
  private static final int NOTE_MAX = 500;

  private final InstantSource clock;

  CaseDecisions(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  RechargeCase take(Transaction transaction, long id, AdminId admin) {
    RechargeCaseRecord row = unclosed(transaction, id);
    row.setState("taken");
    row.setAdminId(admin.value());
    row.setUpdatedAt(clock.instant());
    int _ = row.store();
    return read(row);
  }

  RechargeCase close(Transaction transaction, long id, AdminId admin, String action, String note) {
    if (!RequestReading.isPlain(action, ACTION_MAX)) {
      throw GivenText.refused("action", action, "1 to " + ACTION_MAX + " characters");
    }
    if (!RequestReading.isPlain(note, NOTE_MAX)) {
      throw GivenText.refused("note", note, "1 to " + NOTE_MAX + " characters");
    }
    RechargeCaseRecord row = unclosed(transaction, id);
    row.setState("closed");
    if (row.getAdminId() == null) {
      row.setAdminId(admin.value());
    }
    row.setAction(action);
    row.setNote(note);
    row.setUpdatedAt(clock.instant());
    int _ = row.store();
    return read(row);
  }

  private static RechargeCaseRecord unclosed(Transaction transaction, long id) {
    RechargeCaseRecord row =
        transaction
            .sql()
            .selectFrom(RECHARGE_CASE)
            .where(RECHARGE_CASE.ID.eq(id))
            .forNoKeyUpdate()
            .fetchOptional()
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no case " + id));
    if (row.getState().equals("closed")) {
      throw new Refusal(
          ErrorCode.CONFLICT, "case " + id + " is closed (expected: one that is not)");
    }
    return row;
  }

  static RechargeCase read(RechargeCaseRecord row) {
    return new RechargeCase(
        row.getId(),
        row.getKind(),
        row.getSubject(),
        RechargeLists.tenant(row.getTenantId()),
        Optional.ofNullable(row.getOrderRef()),
        Optional.ofNullable(row.getComparisonId()),
        row.getMethod(),
        row.getDetail(),
        row.getState(),
        Optional.ofNullable(row.getAdminId()).map(AdminId::new),
        Optional.ofNullable(row.getAction()),
        Optional.ofNullable(row.getNote()),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
