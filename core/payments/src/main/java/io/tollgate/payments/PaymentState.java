package io.tollgate.payments;

/** What a channel says of an order. */
public enum PaymentState {
  /** The channel has no such order. */
  ABSENT,
  /** It can still be paid. */
  OPEN,
  /** It was paid, also where it was given back since. */
  PAID,
  /** The payment did not work. */
  FAILED,
  /** It can no longer be paid. */
  CLOSED
}
