package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A refund that is asked for.
 *
 * @param paymentId what the channel calls the payment; empty: the one that was credited
 * @param amount in whole units of the currency; empty: what is left of the payment
 * @param reason 1 to 200 characters; shown to the payer by some channels
 * @param idempotencyKey the same again is the same refund; 1 to 128 characters
 * @param admin who decided it, where it was an administrator
 */
public record RechargeRefundOrder(
    TenantId tenant,
    String orderId,
    Optional<String> paymentId,
    Optional<BigDecimal> amount,
    String reason,
    String idempotencyKey,
    Optional<AdminId> admin) {
  public RechargeRefundOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(orderId, "orderId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(admin, "admin is null");
  }
}
