package io.tollgate.sandbox.internal.pay;

import java.math.BigDecimal;

/** A payment of an order. Confined to the event loop. */
final class PayPayment {
  final String id;
  final BigDecimal amount;
  final long at;
  final long visibleAt;
  BigDecimal refunded = BigDecimal.ZERO;

  PayPayment(String id, BigDecimal amount, long at, long visibleAt) {
    this.id = id;
    this.amount = amount;
    this.at = at;
    this.visibleAt = visibleAt;
  }
}
