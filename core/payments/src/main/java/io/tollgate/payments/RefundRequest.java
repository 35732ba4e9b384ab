package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.util.Optional;

/**
 * A refund to ask a channel for.
 *
 * @param number its number at the channel, 6 to 32 letters and digits: asked again, it is made once
 * @param order the order's number at the channel
 * @param payment what the channel calls the payment
 * @param paid the payment's amount
 * @param amount what is given back of it
 * @param reason shown to the payer by some channels
 * @param channelRefund what the channel calls the refund, where it is known
 */
public record RefundRequest(
    String number,
    String order,
    String payment,
    Amount paid,
    Amount amount,
    String reason,
    Optional<String> channelRefund) {
  public RefundRequest {
    requireNonNull(number, "number is null");
    requireNonNull(order, "order is null");
    requireNonNull(payment, "payment is null");
    requireNonNull(paid, "paid is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(channelRefund, "channelRefund is null");
  }
}
