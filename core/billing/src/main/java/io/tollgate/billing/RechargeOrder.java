package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.payments.PaymentMethod;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A recharge order as it stands.
 *
 * @param id its number in our tables
 * @param orderId unique in the tenant
 * @param refunded what was given back of it
 * @param paymentId what the channel calls the payment that was credited
 * @param payUrl where the payer goes; empty while the channel has not answered
 * @param payCode what is shown as a QR code
 * @param payParams what a client's own kit of the channel wants
 * @param purchase the plan that is paid with it, where it is for one
 */
public record RechargeOrder(
    long id,
    TenantId tenant,
    UserId user,
    String externalId,
    String orderId,
    PaymentMethod method,
    Amount amount,
    Amount refunded,
    RechargeStatus status,
    Optional<String> paymentId,
    Optional<String> payUrl,
    Optional<String> payCode,
    Map<String, String> payParams,
    Optional<Purchase> purchase,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt) {
  public RechargeOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(orderId, "orderId is null");
    requireNonNull(method, "method is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(refunded, "refunded is null");
    requireNonNull(status, "status is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(payUrl, "payUrl is null");
    requireNonNull(payCode, "payCode is null");
    payParams = Map.copyOf(payParams);
    requireNonNull(purchase, "purchase is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /**
   * A plan that is paid with an order.
   *
   * @param subscription what was begun, once it is paid
   * @param refused why nothing was begun though it is paid: the money is on the balance
   */
  public record Purchase(long plan, Optional<Long> subscription, Optional<String> refused) {
    public Purchase {
      requireNonNull(subscription, "subscription is null");
      requireNonNull(refused, "refused is null");
    }
  }
}
