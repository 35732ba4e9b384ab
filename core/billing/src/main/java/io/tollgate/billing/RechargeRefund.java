package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A refund as it stands.
 *
 * @param order the order's number in our tables
 * @param paymentId what the channel calls the payment
 * @param number the refund's number at the channel
 * @param channelRefund what the channel calls it
 * @param detail what the channel says of it
 * @param transfer once it is in the books
 */
public record RechargeRefund(
    UUID id,
    long order,
    String paymentId,
    String number,
    Amount amount,
    String reason,
    State state,
    Optional<String> channelRefund,
    String detail,
    Optional<UUID> transfer,
    Instant createdAt,
    Instant updatedAt) {
  /** Where a refund stands. */
  public enum State {
    /** What is to be given back is held; the channel has not finished it yet. */
    HELD,
    /** The channel has given it back, and the books have it. */
    BOOKED,
    /** It did not work; what was held is free again. */
    FAILED
  }

  public RechargeRefund {
    requireNonNull(id, "id is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(number, "number is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(state, "state is null");
    requireNonNull(channelRefund, "channelRefund is null");
    requireNonNull(detail, "detail is null");
    requireNonNull(transfer, "transfer is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
