package io.tollgate.billing;

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
}
