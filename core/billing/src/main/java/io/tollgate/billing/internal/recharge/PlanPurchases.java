package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.Subscriptions;
import io.tollgate.data.Transaction;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Begins the plans that are paid with orders, in the transaction that credits the payment: with one
 * goes the other. What cannot begin leaves the money on the balance, and a case.
 */
final class PlanPurchases {
  private final OrderTable orders;
  private final CaseTable cases;
  private final Subscriptions subscriptions;
  private final RechargeMeters meters;
  private final InstantSource clock;

  PlanPurchases(
      OrderTable orders,
      CaseTable cases,
      Subscriptions subscriptions,
      RechargeMeters meters,
      InstantSource clock) {
    this.orders = requireNonNull(orders, "orders is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.subscriptions = requireNonNull(subscriptions, "subscriptions is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Before anything of the order is booked: subscriptions are locked before accounts. */
  void lock(Transaction transaction, StoredOrder order) {
    if (order.order().purchase().isPresent()) {
      subscriptions.lock(transaction, order.tenant(), order.order().user());
    }
  }

  /** The order was credited. */
  void begin(Transaction transaction, StoredOrder order) {
    Optional<RechargeOrder.Purchase> purchase = order.order().purchase();
    if (purchase.isEmpty()) {
      return;
    }
    Subscriptions.Begun begun =
        subscriptions.beginPaidIn(
            transaction,
            order.tenant(),
            order.order().user(),
            purchase.get().plan(),
            "recharge-order:" + order.id(),
            order.amount());
    orders.keepPurchase(transaction, order.id(), begun);
    begun
        .refused()
        .ifPresent(
            why -> {
              boolean _ =
                  cases.open(
                      transaction,
                      CaseKind.PLAN_NOT_BEGUN,
                      order,
                      "plan " + purchase.get().plan(),
                      "paid; " + why + ": the money is on the balance",
                      clock.instant());
            });
    transaction.afterCommit(() -> meters.purchase(begun.refused().isEmpty()));
  }
}
