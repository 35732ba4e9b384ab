package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_COMPARISON;
import static io.tollgate.schema.billing.Tables.RECHARGE_ORDER;

import io.tollgate.data.Transaction;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jooq.impl.DSL;

/** The table of compared days. */
final class ComparisonTable {
  private static final int DETAIL_MAX = 300;

  /** What a comparison counted. */
  record Counts(int lines, int matched, int differences) {}

  /** The first day that is not compared; nothing before the first order. */
  Optional<LocalDate> nextDay(Transaction transaction, PaymentMethod method, ZoneId zone) {
    Optional<LocalDate> last =
        Optional.ofNullable(
            transaction
                .sql()
                .select(DSL.max(RECHARGE_COMPARISON.DAY))
                .from(RECHARGE_COMPARISON)
                .where(RECHARGE_COMPARISON.METHOD.eq(method.code()))
                .and(RECHARGE_COMPARISON.STATE.eq("done"))
                .fetchSingle()
                .value1());
    if (last.isPresent()) {
      return last.map(day -> day.plusDays(1));
    }
    return Optional.ofNullable(
            transaction
                .sql()
                .select(DSL.min(RECHARGE_ORDER.CREATED_AT))
                .from(RECHARGE_ORDER)
                .where(RECHARGE_ORDER.METHOD.eq(method.code()))
                .fetchSingle()
                .value1())
        .map(first -> first.atZone(zone).toLocalDate());
  }

  /** The day's row, made where it is not there. */
  long begin(Transaction transaction, PaymentMethod method, LocalDate day, Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_COMPARISON)
            .set(RECHARGE_COMPARISON.METHOD, method.code())
            .set(RECHARGE_COMPARISON.DAY, day)
            .set(RECHARGE_COMPARISON.STATE, "waiting")
            .set(RECHARGE_COMPARISON.STARTED_AT, now)
            .onConflictDoNothing()
            .execute();
    return transaction
        .sql()
        .select(RECHARGE_COMPARISON.ID)
        .from(RECHARGE_COMPARISON)
        .where(RECHARGE_COMPARISON.METHOD.eq(method.code()))
        .and(RECHARGE_COMPARISON.DAY.eq(day))
        .fetchSingle(row -> row.value1());
  }

  void failed(Transaction transaction, long run, String detail) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_COMPARISON)
            .set(RECHARGE_COMPARISON.ATTEMPTS, RECHARGE_COMPARISON.ATTEMPTS.plus(1))
            .set(RECHARGE_COMPARISON.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .where(RECHARGE_COMPARISON.ID.eq(run))
            .execute();
  }

  /** Locks the row; whether the day is still to be compared. */
  boolean lockWaiting(Transaction transaction, long run) {
    return transaction
        .sql()
        .select(RECHARGE_COMPARISON.STATE)
        .from(RECHARGE_COMPARISON)
        .where(RECHARGE_COMPARISON.ID.eq(run))
        .forNoKeyUpdate()
        .fetchSingle(row -> row.value1().equals("waiting"));
  }

  void finish(Transaction transaction, long run, Counts counts, Instant now) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_COMPARISON)
            .set(RECHARGE_COMPARISON.STATE, "done")
            .set(RECHARGE_COMPARISON.ATTEMPTS, RECHARGE_COMPARISON.ATTEMPTS.plus(1))
            .set(RECHARGE_COMPARISON.LINES, counts.lines())
            .set(RECHARGE_COMPARISON.MATCHED, counts.matched())
            .set(RECHARGE_COMPARISON.DIFFERENCES, counts.differences())
            .set(RECHARGE_COMPARISON.DETAIL, "")
            .set(RECHARGE_COMPARISON.ENDED_AT, now)
            .where(RECHARGE_COMPARISON.ID.eq(run))
            .execute();
  }
}
