package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_NOTICE;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.payments.PaymentNotice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The table of notifications. */
final class NoticeTable {
  /**
   * A notification that is stored.
   *
   * @param settled whether what it tells of was booked
   */
  record Stored(
      long id, long order, String kind, Optional<String> payment, boolean settled, Instant at) {}

  /** Stores it, or finds it where it came before. */
  Stored store(Transaction transaction, StoredOrder order, PaymentNotice notice, Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_NOTICE)
            .set(RECHARGE_NOTICE.ORDER_REF, order.id())
            .set(RECHARGE_NOTICE.METHOD, order.method().code())
            .set(RECHARGE_NOTICE.NOTICE_ID, notice.id())
            .set(RECHARGE_NOTICE.KIND, code(notice.kind()))
            .set(RECHARGE_NOTICE.PAYMENT_ID, notice.payment().orElse(null))
            .set(RECHARGE_NOTICE.CURRENCY, notice.amount().map(a -> a.asset().code()).orElse(null))
            .set(RECHARGE_NOTICE.AMOUNT, notice.amount().map(Amount::units).orElse(null))
            .set(RECHARGE_NOTICE.RECEIVED_AT, now)
            .onConflictDoNothing()
            .execute();
    return transaction
        .sql()
        .selectFrom(RECHARGE_NOTICE)
        .where(RECHARGE_NOTICE.METHOD.eq(order.method().code()))
        .and(RECHARGE_NOTICE.NOTICE_ID.eq(notice.id()))
        .fetchSingle(NoticeTable::read);
  }

  /** Those whose payments are not booked, received before a time, the oldest first. */
  List<Stored> unsettled(Transaction transaction, Instant before, int max) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_NOTICE)
        .where(RECHARGE_NOTICE.SETTLED_AT.isNull())
        .and(RECHARGE_NOTICE.RECEIVED_AT.lt(before))
        .orderBy(RECHARGE_NOTICE.RECEIVED_AT)
        .limit(max)
        .fetch(NoticeTable::read);
  }

  void settled(Transaction transaction, long id, Instant now) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_NOTICE)
            .set(RECHARGE_NOTICE.SETTLED_AT, now)
            .where(RECHARGE_NOTICE.ID.eq(id))
            .and(RECHARGE_NOTICE.SETTLED_AT.isNull())
            .execute();
  }

  static String code(PaymentNotice.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Stored read(io.tollgate.schema.billing.tables.records.RechargeNoticeRecord row) {
    return new Stored(
        row.getId(),
        row.getOrderRef(),
        row.getKind(),
        Optional.ofNullable(row.getPaymentId()),
        row.getSettledAt() != null,
        row.getReceivedAt());
  }
}
