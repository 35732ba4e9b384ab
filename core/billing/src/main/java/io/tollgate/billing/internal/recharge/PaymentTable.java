package io.tollgate.billing.internal.recharge;

import static io.tollgate.schema.billing.Tables.RECHARGE_PAYMENT;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AccountId;
import io.tollgate.payments.ChannelPayment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of payments that were booked. */
final class PaymentTable {
  /** The payment of that name at the channel, whosever order it paid. */
  Optional<StoredPayment> find(Transaction transaction, StoredOrder order, String paymentId) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_PAYMENT)
        .where(RECHARGE_PAYMENT.TENANT_ID.eq(order.tenant().value()))
        .and(RECHARGE_PAYMENT.METHOD.eq(order.method().code()))
        .and(RECHARGE_PAYMENT.PAYMENT_ID.eq(paymentId))
        .fetchOptional(StoredPayment::read);
  }

  Optional<StoredPayment> find(Transaction transaction, long id) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_PAYMENT)
        .where(RECHARGE_PAYMENT.ID.eq(id))
        .fetchOptional(StoredPayment::read);
  }

  /** All of an order, the first one first. */
  List<StoredPayment> ofOrder(Transaction transaction, long order) {
    return transaction
        .sql()
        .selectFrom(RECHARGE_PAYMENT)
        .where(RECHARGE_PAYMENT.ORDER_REF.eq(order))
        .orderBy(RECHARGE_PAYMENT.ID)
        .fetch(StoredPayment::read);
  }

  void insert(
      Transaction transaction,
      StoredOrder order,
      ChannelPayment payment,
      PaymentRole role,
      AccountId account,
      UUID transfer,
      String cause,
      Instant now) {
    int _ =
        transaction
            .sql()
            .insertInto(RECHARGE_PAYMENT)
            .set(RECHARGE_PAYMENT.ORDER_REF, order.id())
            .set(RECHARGE_PAYMENT.TENANT_ID, order.tenant().value())
            .set(RECHARGE_PAYMENT.METHOD, order.method().code())
            .set(RECHARGE_PAYMENT.PAYMENT_ID, payment.id())
            .set(RECHARGE_PAYMENT.ROLE, role.code())
            .set(RECHARGE_PAYMENT.CURRENCY, payment.amount().asset().code())
            .set(RECHARGE_PAYMENT.AMOUNT, payment.amount().units())
            .set(RECHARGE_PAYMENT.ACCOUNT_ID, account.value())
            .set(RECHARGE_PAYMENT.TRANSFER_ID, transfer)
            .set(RECHARGE_PAYMENT.CAUSE, cause)
            .set(RECHARGE_PAYMENT.RECEIVED_AT, now)
            .execute();
  }

  void setRefunded(Transaction transaction, long id, long units) {
    int _ =
        transaction
            .sql()
            .update(RECHARGE_PAYMENT)
            .set(RECHARGE_PAYMENT.REFUNDED, units)
            .where(RECHARGE_PAYMENT.ID.eq(id))
            .execute();
  }
}
