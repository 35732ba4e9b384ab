package io.tollgate.edge.admin;

import io.tollgate.billing.RechargeRefund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refund as the admin API shows it. */
record RechargeRefundRow(
    UUID id,
    long rechargeOrder,
    String paymentId,
    String number,
    String currency,
    BigDecimal amount,
    String reason,
    String state,
    @Nullable String channelRefund,
    String detail,
    @Nullable UUID transferId,
    Instant createdAt,
    Instant updatedAt) {
  static RechargeRefundRow of(RechargeRefund refund) {
    return new RechargeRefundRow(
        refund.id(),
        refund.order(),
        refund.paymentId(),
        refund.number(),
        refund.amount().asset().code(),
        refund.amount().toDecimal(),
        refund.reason(),
        refund.state().name().toLowerCase(Locale.ROOT),
        refund.channelRefund().orElse(null),
        refund.detail(),
        refund.transfer().orElse(null),
        refund.createdAt(),
        refund.updatedAt());
  }
}
