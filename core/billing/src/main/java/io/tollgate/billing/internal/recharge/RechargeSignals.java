package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.data.Transaction;

/** Tells others what became of orders: metrics once it is committed. */
final class RechargeSignals {
  private final RechargeMeters meters;

  RechargeSignals(RechargeMeters meters) {
    this.meters = requireNonNull(meters, "meters is null");
  }

  void made(Transaction transaction, StoredOrder order) {
    transaction.afterCommit(() -> meters.moved(RechargeStatus.PENDING, order.amount()));
  }

  void credited(Transaction transaction, StoredOrder order, PaymentBooks.Booked booked) {
    transaction.afterCommit(
        () -> {
          meters.moved(RechargeStatus.SUCCESS, order.amount());
          meters.credited(order.amount());
        });
  }

  void keptApart(Transaction transaction, StoredOrder order) {
    transaction.afterCommit(() -> meters.outcome("kept_apart", order.amount()));
  }

  void wrongAmount(Transaction transaction) {
    transaction.afterCommit(meters::failed);
  }

  void ended(Transaction transaction, StoredOrder order, RechargeStatus status) {
    transaction.afterCommit(() -> meters.moved(status, order.amount()));
  }
}
