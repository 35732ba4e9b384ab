package io.tollgate.billing;

import io.tollgate.ground.TenantId;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.ReceivedNotification;
import java.util.Optional;

/**
 * Recharge orders: made, paid, expired. Blocking, with transactions of its own: call it on virtual
 * threads and never within a transaction, as it asks payment channels. Safe for use by many
 * threads.
 */
public interface RechargeOrders {
  /**
   * Makes an order and asks its channel for a way to pay it. The order is stored before the channel
   * is asked.
   *
   * @return the order, with {@link RechargeOrder#payUrl}
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is wrong; {@code
   *     CURRENCY_MISMATCH} when the currency is not the tenant's, or not one that the method takes;
   *     {@code IDEMPOTENCY_CONFLICT} when the key was used for another order; {@code CONFLICT} when
   *     the order id is taken; {@code UNAVAILABLE} when the channel is not configured; {@code
   *     UPSTREAM_FAILED} when it refused, {@code UPSTREAM_TIMEOUT} when it is not known what became
   *     of it: the same key again asks again
   */
  RechargeOrder create(RechargeRequest request);

  /** The order of that id; another tenant's is not there. */
  Optional<RechargeOrder> find(TenantId tenant, String orderId);

  /**
   * The same after its channel was asked, where it is not settled: what was paid is credited.
   *
   * @throws io.tollgate.ground.Refusal {@code UPSTREAM_TIMEOUT} when the channel does not answer
   */
  Optional<RechargeOrder> ask(TenantId tenant, String orderId);

  /**
   * Books what a tenant's payment service tells, once however often and however concurrently it is
   * told. A payment of an order that expired or failed makes it a success; a second payment of a
   * paid order is kept apart.
   *
   * @return the order as it stands then
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the tenant has no such order; {@code
   *     CONFLICT} when the amount is another, or the payment is another order's: a case is opened;
   *     {@code INVALID_REQUEST}
   */
  RechargeOrder callback(RechargeCallback callback);

  /**
   * Takes a channel's notification: it is verified and stored, then the channel is asked.
   *
   * @return what the channel wants to hear
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when the channel is not configured
   */
  NotificationAnswer notify(PaymentMethod method, ReceivedNotification notification);
}
