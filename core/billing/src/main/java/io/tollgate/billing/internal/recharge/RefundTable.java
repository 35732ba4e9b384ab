package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_REFUND;

import io.tollgate.billing.RechargeRefund.State;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.schema.billing.tables.records.RechargeRefundRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;

/** The table of refunds. */
final class RefundTable {
  private static final int DETAIL_MAX = 300;

  /** A row of it. */
  record Stored(
      UUID id,
      TenantId tenant,
      long order,
      long payment,
      String number,
      long units,
      String reason,
      byte[] hash,
      State state,
      Optional<String> channelRefund,
      String detail,
      Optional<UUID> transfer,
      int attempts,
      Instant createdAt,
      Instant updatedAt) {}

  void insert(
      Transaction transaction,
      UUID id,
      StoredPayment payment,
      TenantId tenant,
      String number,
      Amount amount,
      String reason,
      String key,
      byte[] hash,
      Optional<AdminId> admin,
      Instant now,
      Instant nextTry) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_REFUND)
            .set(RECHARGE_REFUND.ID, id)
            .set(RECHARGE_REFUND.TENANT_ID, tenant.value())
            .set(RECHARGE_REFUND.ORDER_REF, payment.order())
            .set(RECHARGE_REFUND.PAYMENT_REF, payment.id())
            .set(RECHARGE_REFUND.NUMBER, number)
            .set(RECHARGE_REFUND.AMOUNT, amount.units())
            .set(RECHARGE_REFUND.REASON, reason)
            .set(RECHARGE_REFUND.IDEMPOTENCY_KEY, key)
            .set(RECHARGE_REFUND.REQUEST_HASH, hash)
            .set(RECHARGE_REFUND.ADMIN_ID, admin.map(AdminId::value).orElse(null))
            .set(RECHARGE_REFUND.STATE, code(State.HELD))
            .set(RECHARGE_REFUND.NEXT_TRY_AT, nextTry)
            .set(RECHARGE_REFUND.CREATED_AT, now)
            .set(RECHARGE_REFUND.UPDATED_AT, now)
            .execute();
  }

  Optional<Stored> findByKey(Transaction transaction, TenantId tenant, String key) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.TENANT_ID.eq(tenant.value()))
        .and(RECHARGE_REFUND.IDEMPOTENCY_KEY.eq(key))
        .fetchOptional(RefundTable::read);
  }

  Optional<Stored> find(Transaction transaction, UUID id) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.ID.eq(id))
        .fetchOptional(RefundTable::read);
  }

  Stored lock(Transaction transaction, UUID id) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.ID.eq(id))
        .forNoKeyUpdate()
        .fetchSingle(RefundTable::read);
  }

  List<Stored> ofOrder(Transaction transaction, long order) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.ORDER_REF.eq(order))
        .orderBy(RECHARGE_REFUND.CREATED_AT, RECHARGE_REFUND.ID)
        .fetch(RefundTable::read);
  }

  /** What is held for refunds of a payment that are not finished. */
  long held(Transaction transaction, long payment) {
    return transaction
        .sql()
        .select(DSL.coalesce(DSL.sum(RECHARGE_REFUND.AMOUNT), java.math.BigDecimal.ZERO))
        .from(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.PAYMENT_REF.eq(payment))
        .and(RECHARGE_REFUND.STATE.eq(code(State.HELD)))
        .fetchSingle(row -> row.value1().longValueExact());
  }

  /** Those that are to be gone on with. */
  List<Stored> open(Transaction transaction, Instant now, int max) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_REFUND)
        .where(RECHARGE_REFUND.STATE.eq(code(State.HELD)))
        .and(RECHARGE_REFUND.NEXT_TRY_AT.le(now))
        .orderBy(RECHARGE_REFUND.NEXT_TRY_AT)
        .limit(max)
        .fetch(RefundTable::read);
  }

  /** It is tried again later. */
  void later(
      Transaction transaction,
      Stored refund,
      Optional<String> channelRefund,
      String detail,
      Instant now,
      Instant nextTry) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_REFUND)
            .set(
                RECHARGE_REFUND.CHANNEL_REFUND,
                channelRefund.or(refund::channelRefund).orElse(null))
            .set(RECHARGE_REFUND.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .set(RECHARGE_REFUND.ATTEMPTS, refund.attempts() + 1)
            .set(RECHARGE_REFUND.NEXT_TRY_AT, nextTry)
            .set(RECHARGE_REFUND.UPDATED_AT, now)
            .where(RECHARGE_REFUND.ID.eq(refund.id()))
            .and(RECHARGE_REFUND.STATE.eq(code(State.HELD)))
            .execute();
  }

  void finish(
      Transaction transaction,
      Stored refund,
      State state,
      Optional<UUID> transfer,
      Optional<String> channelRefund,
      String detail,
      Instant now) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_REFUND)
            .set(RECHARGE_REFUND.STATE, code(state))
            .set(RECHARGE_REFUND.TRANSFER_ID, transfer.orElse(null))
            .set(
                RECHARGE_REFUND.CHANNEL_REFUND,
                channelRefund.or(refund::channelRefund).orElse(null))
            .set(RECHARGE_REFUND.DETAIL, ShortText.of(detail, DETAIL_MAX))
            .set(RECHARGE_REFUND.UPDATED_AT, now)
            .where(RECHARGE_REFUND.ID.eq(refund.id()))
            .execute();
  }

  static String code(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static Stored read(RechargeRefundRecord row) {
    return new Stored(
        row.getId(),
        new TenantId(row.getTenantId()),
        row.getOrderRef(),
        row.getPaymentRef(),
        row.getNumber(),
        row.getAmount(),
        row.getReason(),
        row.getRequestHash(),
        State.valueOf(row.getState().toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getChannelRefund()),
        row.getDetail(),
        Optional.ofNullable(row.getTransferId()),
        row.getAttempts(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }
}
