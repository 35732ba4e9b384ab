package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.util.Optional;

/**
 * A line of a channel's bill.
 *
 * @param order the order's number at the channel; empty where the bill names none
 * @param payment what the channel calls the payment
 * @param refund what the refund is called: our number, or where the bill does not have it the
 *     channel's; empty: a payment
 * @param amount what was paid, or given back; positive
 */
public record BillLine(String order, String payment, Optional<String> refund, Amount amount) {
  public BillLine {
    requireNonNull(order, "order is null");
    requireNonNull(payment, "payment is null");
    requireNonNull(refund, "refund is null");
    requireNonNull(amount, "amount is null");
  }
}
