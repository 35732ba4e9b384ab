package io.tollgate.edge.portal;

import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeOrder.Purchase;
import io.tollgate.billing.RechargeStatus;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recharge order as its user sees it.
 *
 * @param payUrl where it can still be paid; null when it cannot
 * @param payCode what is shown as a QR code for that
 * @param planId the plan that is paid with it
 */
record MyRechargeRow(
    String orderId,
    BigDecimal amount,
    BigDecimal refundedAmount,
    String currency,
    String paymentMethod,
    @Nullable String paymentOrderId,
    String status,
    @Nullable String payUrl,
    @Nullable String payCode,
    @Nullable Long planId,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt) {
  static MyRechargeRow of(RechargeOrder order) {
    boolean open = order.status() == RechargeStatus.PENDING;
    return new MyRechargeRow(
        order.orderId(),
        order.amount().toDecimal(),
        order.refunded().toDecimal(),
        order.amount().asset().code(),
        order.method().code(),
        order.paymentId().orElse(null),
        order.status().code(),
        open ? order.payUrl().orElse(null) : null,
        open ? order.payCode().orElse(null) : null,
        order.purchase().map(Purchase::plan).orElse(null),
        order.createdAt(),
        order.updatedAt(),
        order.expiresAt());
  }
}
