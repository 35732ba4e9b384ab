package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_CALL;

import io.tollgate.data.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of calls to whoever made an order. */
final class OrderCallTable {
  private static final int DETAIL_MAX = 200;

  private OrderCallTable() {}

  /**
   * A call that is to be made.
   *
   * @param attempts how often it was tried before
   */
  record Due(UUID id, long order, int seq, int attempts) {}

  /** With the transition that it tells of. */
  static void want(Transaction transaction, long order, int seq, Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_CALL)
            .set(RECHARGE_CALL.ORDER_REF, order)
            .set(RECHARGE_CALL.SEQ, seq)
            .set(RECHARGE_CALL.STATE, "waiting")
            .set(RECHARGE_CALL.NEXT_TRY_AT, now)
            .set(RECHARGE_CALL.CREATED_AT, now)
            .set(RECHARGE_CALL.UPDATED_AT, now)
            .execute();
  }

  /** Those that wait, the longest first. */
  static List<UUID> due(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .select(RECHARGE_CALL.ID)
        .from(RECHARGE_CALL)
        .where(RECHARGE_CALL.STATE.eq("waiting"))
        .and(RECHARGE_CALL.NEXT_TRY_AT.le(now))
        .orderBy(RECHARGE_CALL.NEXT_TRY_AT)
        .limit(max)
        .fetch(RECHARGE_CALL.ID);
  }

  /** Takes one on: nobody else does before a time, whatever becomes of this process. */
  static Optional<Due> take(Transaction transaction, UUID id, Instant now, Instant until) {
    return transaction
        .sql()
        .update(RECHARGE_CALL)
        .set(RECHARGE_CALL.ATTEMPTS, RECHARGE_CALL.ATTEMPTS.plus(1))
        .set(RECHARGE_CALL.NEXT_TRY_AT, until)
        .set(RECHARGE_CALL.UPDATED_AT, now)
        .where(RECHARGE_CALL.ID.eq(id))
        .and(RECHARGE_CALL.STATE.eq("waiting"))
        .and(RECHARGE_CALL.NEXT_TRY_AT.le(now))
        .returning()
        .fetchOptional(
            row -> new Due(row.getId(), row.getOrderRef(), row.getSeq(), row.getAttempts()));
  }

  /** It was taken, or is tried no more. */
  static void end(Transaction transaction, UUID id, boolean taken, String detail, Instant now) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_CALL)
            .set(RECHARGE_CALL.STATE, taken ? "taken" : "given_up")
            .set(RECHARGE_CALL.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .set(RECHARGE_CALL.UPDATED_AT, now)
            .where(RECHARGE_CALL.ID.eq(id))
            .execute();
  }

  /** It is tried again then. */
  static void later(Transaction transaction, UUID id, String detail, Instant now, Instant next) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_CALL)
            .set(RECHARGE_CALL.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .set(RECHARGE_CALL.NEXT_TRY_AT, next)
            .set(RECHARGE_CALL.UPDATED_AT, now)
            .where(RECHARGE_CALL.ID.eq(id))
            .execute();
  }
}
