package io.tollgate.payments;

/** What a channel says of a refund. */
public enum RefundState {
  /** The channel has no such refund. */
  ABSENT,
  /** It is on its way. */
  PENDING,
  /** The payer has their money back. */
  DONE,
  /** It did not work, and will not. */
  FAILED
}
