package io.tollgate.edge.admin;

import io.tollgate.billing.RechargePayment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A payment of a recharge order as the admin API shows it. */
record RechargePaymentRow(
    long id,
    long rechargeOrder,
    String paymentId,
    String role,
    String currency,
    BigDecimal amount,
    BigDecimal refundedAmount,
    long accountId,
    UUID transferId,
    String cause,
    Instant receivedAt) {
  static RechargePaymentRow of(RechargePayment payment) {
    return new RechargePaymentRow(
        payment.id(),
        payment.order(),
        payment.paymentId(),
        payment.role(),
        payment.amount().asset().code(),
        payment.amount().toDecimal(),
        payment.refunded().toDecimal(),
        payment.account().value(),
        payment.transfer(),
        payment.cause(),
        payment.receivedAt());
  }
}
