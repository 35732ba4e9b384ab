package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.math.BigDecimal;

/**
 * What a tenant's payment service tells of a payment.
 *
 * @param amount in whole units of the order's currency
 * @param succeeded whether it was paid; else it failed
 */
public record RechargeCallback(
    TenantId tenant, String orderId, String paymentId, BigDecimal amount, boolean succeeded) {
  public RechargeCallback {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(orderId, "orderId is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(amount, "amount is null");
  }
}
