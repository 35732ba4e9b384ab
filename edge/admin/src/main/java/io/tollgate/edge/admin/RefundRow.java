package io.tollgate.edge.admin;

import io.tollgate.billing.ListedRefund;
import io.tollgate.ground.AdminId;
import io.tollgate.payments.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was given back, of whichever sort, as the admin API shows it. */
record RefundRow(
    String kind,
    UUID id,
    long tenantId,
    long userId,
    String subject,
    @Nullable Long rechargeOrder,
    @Nullable String method,
    @Nullable String service,
    String currency,
    BigDecimal amount,
    long quota,
    String reason,
    @Nullable Long adminId,
    String state,
    @Nullable String channelRefund,
    String detail,
    int attempts,
    @Nullable Instant nextTryAt,
    @Nullable UUID transferId,
    Instant createdAt,
    Instant updatedAt) {
  static RefundRow of(ListedRefund refund) {
    return new RefundRow(
        refund.kind().code(),
        refund.id(),
        refund.tenant().value(),
        refund.user().value(),
        refund.subject(),
        refund.order().isPresent() ? refund.order().getAsLong() : null,
        refund.method().map(PaymentMethod::code).orElse(null),
        refund.service().orElse(null),
        refund.amount().asset().code(),
        refund.amount().toDecimal(),
        refund.quota(),
        refund.reason(),
        refund.admin().map(AdminId::value).orElse(null),
        refund.state().name().toLowerCase(Locale.ROOT),
        refund.channelRefund().orElse(null),
        refund.detail(),
        refund.attempts(),
        refund.nextTry().orElse(null),
        refund.transfer().orElse(null),
        refund.createdAt(),
        refund.updatedAt());
  }
}
