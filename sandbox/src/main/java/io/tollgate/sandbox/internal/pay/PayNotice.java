package io.tollgate.sandbox.internal.pay;

import java.util.Optional;

/** Something that a channel tells until it is taken. Confined to the event loop. */
final class PayNotice {
  /** What it tells of. */
  enum Kind {
    PAID,
    FAILED,
    REFUNDED
  }

  final String id;
  final PayOrder order;
  final Kind kind;
  final Optional<PayPayment> payment;
  final Optional<PayRefund> refund;
  int attempts;
  long dueAt;
  boolean sending;

  PayNotice(
      String id,
      PayOrder order,
      Kind kind,
      Optional<PayPayment> payment,
      Optional<PayRefund> refund,
      long dueAt) {
    this.id = id;
    this.order = order;
    this.kind = kind;
    this.payment = payment;
    this.refund = refund;
    this.dueAt = dueAt;
  }
}
