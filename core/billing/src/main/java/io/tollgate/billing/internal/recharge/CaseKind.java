package io.tollgate.billing.internal.recharge;

import java.util.Locale;

/** Why somebody has to look at a recharge. */
enum CaseKind {
  /** An order was paid again; the money is kept apart. */
  SECOND_PAYMENT,
  /** Another amount than the order's was told or paid. */
  WRONG_AMOUNT,
  /** A payment was told for one order that had paid another. */
  PAYMENT_OF_ANOTHER_ORDER,
  /** A plan was paid for and could not begin; the money is on the balance. */
  PLAN_NOT_BEGUN,
  /** Whoever made an order was called in vain until it was given up. */
  NOT_TOLD,
  /** A refund did not work at the channel. */
  REFUND_FAILED,
  /** The channel's bill has a payment that we have not booked. */
  NOT_BOOKED,
  /** We booked a payment that the channel's bill does not have. */
  NOT_IN_BILL,
  /** The bill has another amount than we booked. */
  AMOUNT_DIFFERS,
  /** The bill has a refund that we have not booked. */
  REFUND_NOT_BOOKED,
  /** We booked a refund that the bill does not have. */
  REFUND_NOT_IN_BILL;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
