package io.tollgate.edge.portal;

import io.tollgate.billing.RechargeDetail;
import io.tollgate.billing.RechargePayment;
import io.tollgate.billing.RechargeRefund;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was paid with an order, to whom and by whom, and what was given back of it.
 *
 * @param seller the tenant's name
 * @param email of who paid
 * @param payments those that were credited
 */
record MyReceipt(
    MyRechargeRow order,
    String seller,
    String userId,
    @Nullable String email,
    List<Paid> payments,
    List<GivenBack> refunds) {
  static MyReceipt of(RechargeDetail detail, Tenant tenant, User user) {
    return new MyReceipt(
        MyRechargeRow.of(detail.order()),
        tenant.name(),
        user.externalId(),
        user.email().orElse(null),
        detail.payments().stream()
            .filter(payment -> payment.role().equals("credited"))
            .map(Paid::of)
            .toList(),
        detail.refunds().stream().map(GivenBack::of).toList());
  }

  /** A payment that was credited. */
  record Paid(
      String paymentId, String currency, BigDecimal amount, String transferId, Instant receivedAt) {
    static Paid of(RechargePayment payment) {
      return new Paid(
          payment.paymentId(),
          payment.amount().asset().code(),
          payment.amount().toDecimal(),
          payment.transfer().toString(),
          payment.receivedAt());
    }
  }

  /**
   * What was given back.
   *
   * @param state {@code held}, {@code booked} or {@code failed}
   */
  record GivenBack(
      String number,
      String currency,
      BigDecimal amount,
      String reason,
      String state,
      Instant createdAt) {
    static GivenBack of(RechargeRefund refund) {
      return new GivenBack(
          refund.number(),
          refund.amount().asset().code(),
          refund.amount().toDecimal(),
          refund.reason(),
          refund.state().name().toLowerCase(Locale.ROOT),
          refund.createdAt());
    }
  }
}
