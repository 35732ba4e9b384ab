package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A recharge as it is asked for; what is wrong with it is said when the order is made.
 *
 * @param externalId whose balance is to be credited; a user never seen before is made
 * @param amount in whole units of the currency; empty: the plan's price
 * @param method as {@link io.tollgate.payments.PaymentMethod#find} reads it
 * @param currency empty: the tenant's
 * @param orderId chosen by the caller, 1 to 64 of {@code [A-Za-z0-9_-]}; empty: ours
 * @param idempotencyKey the same again gets the same order
 * @param subject what the payer reads, 1 to 100 characters
 * @param returnUrl where the payer goes afterwards
 * @param notifyUrl what is called when the order has moved on, http or https
 * @param clientIp the payer's address
 * @param plan the plan that is to begin when it is paid; empty: none, the balance is credited
 */
public record RechargeRequest(
    TenantId tenant,
    String externalId,
    Optional<BigDecimal> amount,
    String method,
    Optional<String> currency,
    Optional<String> orderId,
    Optional<String> idempotencyKey,
    Optional<String> subject,
    Optional<String> returnUrl,
    Optional<String> notifyUrl,
    Optional<String> clientIp,
    Optional<Long> plan) {
  public RechargeRequest {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(method, "method is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(orderId, "orderId is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(returnUrl, "returnUrl is null");
    requireNonNull(notifyUrl, "notifyUrl is null");
    requireNonNull(clientIp, "clientIp is null");
    requireNonNull(plan, "plan is null");
  }

  /** The least that can be asked for. */
  public static RechargeRequest of(
      TenantId tenant, String externalId, BigDecimal amount, String method) {
    return new RechargeRequest(
        tenant,
        externalId,
        Optional.of(amount),
        method,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public RechargeRequest inCurrency(Optional<String> code) {
    return new RechargeRequest(
        tenant,
        externalId,
        amount,
        method,
        code,
        orderId,
        idempotencyKey,
        subject,
        returnUrl,
        notifyUrl,
        clientIp,
        plan);
  }

  public RechargeRequest withKey(Optional<String> key) {
    return new RechargeRequest(
        tenant,
        externalId,
        amount,
        method,
        currency,
        orderId,
        key,
        subject,
        returnUrl,
        notifyUrl,
        clientIp,
        plan);
  }

  /** The same for a plan, whose price is the amount. */
  public RechargeRequest forPlan(long id) {
    return new RechargeRequest(
        tenant,
        externalId,
        Optional.empty(),
        method,
        currency,
        orderId,
        idempotencyKey,
        subject,
        returnUrl,
        notifyUrl,
        clientIp,
        Optional.of(id));
  }
}
