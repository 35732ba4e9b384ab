package io.tollgate.payments;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import java.util.Optional;

/**
 * What a channel tells in a notification that is truly its own.
 *
 * @param id what makes the notification unique: a repeat has the same
 * @param kind what it tells of
 * @param order the order's number at the channel; empty where the notification names none
 * @param payment what the channel calls the payment
 * @param amount what was paid
 */
public record PaymentNotice(
    String id, Kind kind, String order, Optional<String> payment, Optional<Amount> amount) {
  /** What a notification tells of. */
  public enum Kind {
    /** A payment was made. */
    PAID,
    /** A payment did not work. */
    FAILED,
    /** The order can no longer be paid. */
    CLOSED,
    /** Something was given back. */
    REFUND,
    /** Nothing that concerns an order. */
    OTHER
  }

  public PaymentNotice {
    requireNonNull(id, "id is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(order, "order is null");
    requireNonNull(payment, "payment is null");
    requireNonNull(amount, "amount is null");
  }
}
