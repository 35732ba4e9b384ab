package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.ground.Amount;
import java.util.Optional;

/**
 * A step of an order's state machine.
 *
 * @param refunded what is refunded of the order then, smallest units
 * @param paymentId the payment that is credited with it
 * @param cause who or what moved it: {@code callback}, {@code notice}, {@code query}, …
 */
record OrderMove(
    RechargeStatus to, long refunded, Optional<String> paymentId, String cause, String detail) {
  OrderMove {
    requireNonNull(to, "to is null");
    requireNonNull(paymentId, "paymentId is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(detail, "detail is null");
  }

  /** A payment was credited. */
  static OrderMove paid(StoredOrder order, String paymentId, String cause) {
    return of(order, RechargeStatus.SUCCESS, Optional.of(paymentId), cause, "payment " + paymentId);
  }

  /** It ended without a payment. */
  static OrderMove unpaid(StoredOrder order, RechargeStatus to, String cause, String detail) {
    return of(order, to, Optional.empty(), cause, detail);
  }

  /** A part of it or all of it was given back. */
  static OrderMove refunded(StoredOrder order, long refunded, Amount amount, String reason) {
    boolean wholly = refunded == order.amount().units();
    OrderMove move =
        of(
            order,
            wholly ? RechargeStatus.REFUNDED : RechargeStatus.SUCCESS,
            Optional.empty(),
            "refund",
            amount + ": " + reason);
    return new OrderMove(move.to, refunded, move.paymentId, move.cause, move.detail);
  }

  private static OrderMove of(
      StoredOrder order,
      RechargeStatus to,
      Optional<String> paymentId,
      String cause,
      String detail) {
    if (!allowed(order.status(), to)) {
      throw new IllegalStateException(
          "order " + order.id() + ": " + order.status() + " to " + to + " is no step of an order");
    }
    return new OrderMove(to, order.order().refunded().units(), paymentId, cause, detail);
  }

  /** The steps there are. */
  static boolean allowed(RechargeStatus from, RechargeStatus to) {
    return switch (from) {
      case PENDING ->
          to == RechargeStatus.SUCCESS
              || to == RechargeStatus.FAILED
              || to == RechargeStatus.EXPIRED;
      case FAILED, EXPIRED -> to == RechargeStatus.SUCCESS;
      case SUCCESS -> to == RechargeStatus.SUCCESS || to == RechargeStatus.REFUNDED;
      case REFUNDED -> false;
    };
  }
}
