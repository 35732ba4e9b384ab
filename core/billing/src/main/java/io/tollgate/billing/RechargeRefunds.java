package io.tollgate.billing;

import io.tollgate.ground.AdminId;
import java.util.UUID;

/**
 * Gives payments back: what is given back is held in the books, then asked for at the channel, and
 * then booked; a job goes on where a process died. Blocking, with transactions of its own: never
 * within a transaction. Safe for use by many threads.
 */
public interface RechargeRefunds {
  /**
   * Refunds a payment or a part of it.
   *
   * @return how it stands when the channel has answered; {@code HELD} where it has not finished
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such order or payment;
   *     {@code CONFLICT} when the order was not paid, more is asked than is left of the payment, or
   *     what was credited has been spent: it says what is there; {@code IDEMPOTENCY_CONFLICT} when
   *     the key was used for another refund; {@code INVALID_REQUEST}
   */
  RechargeRefund refund(RechargeRefundOrder order);

  /**
   * Tries once more: where the channel has not finished it is asked now, and where it refused,
   * another refund of the same payment, amount and reason takes its place. Of several tries of the
   * same refund one is made.
   *
   * @return the refund that was gone on with, as it stands when the channel has answered
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}; {@code CONFLICT} when it was given back
   *     already, or as {@link #refund}
   */
  RechargeRefund retry(UUID id, AdminId admin);
}
