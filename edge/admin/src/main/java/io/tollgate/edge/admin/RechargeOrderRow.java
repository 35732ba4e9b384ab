package io.tollgate.edge.admin;

import io.tollgate.billing.RechargeOrder;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A recharge order as the admin API shows it; amounts in whole units of the currency. */
record RechargeOrderRow(
    long id,
    long tenantId,
    long userId,
    String externalId,
    String orderId,
    String paymentMethod,
    String currency,
    BigDecimal amount,
    BigDecimal refundedAmount,
    String status,
    @Nullable String paymentOrderId,
    @Nullable Long planId,
    @Nullable Long subscriptionId,
    @Nullable String planRefused,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt) {
  static RechargeOrderRow of(RechargeOrder order) {
    return new RechargeOrderRow(
        order.id(),
        order.tenant().value(),
        order.user().value(),
        order.externalId(),
        order.orderId(),
        order.method().code(),
        order.amount().asset().code(),
        order.amount().toDecimal(),
        order.refunded().toDecimal(),
        order.status().code(),
        order.paymentId().orElse(null),
        order.purchase().map(RechargeOrder.Purchase::plan).orElse(null),
        order.purchase().flatMap(RechargeOrder.Purchase::subscription).orElse(null),
        order.purchase().flatMap(RechargeOrder.Purchase::refused).orElse(null),
        order.createdAt(),
        order.updatedAt(),
        order.expiresAt());
  }
}
