package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.data.Transaction;
import io.tollgate.payments.ChannelPayment;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides what a payment of an order is, and books it. The order is locked before, so that of
 * several at once each sees what the one before has done.
 */
final class PaymentSettling {
  private final OrderTable orders;
  private final PaymentTable payments;
  private final CaseTable cases;
  private final PaymentBooks books;
  private final RechargeSignals signals;
  private final PlanPurchases purchases;
  private final InstantSource clock;

  PaymentSettling(
      OrderTable orders,
      PaymentTable payments,
      CaseTable cases,
      PaymentBooks books,
      RechargeSignals signals,
      PlanPurchases purchases,
      InstantSource clock) {
    this.orders = requireNonNull(orders, "orders is null");
    this.payments = requireNonNull(payments, "payments is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.books = requireNonNull(books, "books is null");
    this.signals = requireNonNull(signals, "signals is null");
    this.purchases = requireNonNull(purchases, "purchases is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** What became of a payment. */
  enum Outcome {
    CREDITED,
    /** It was booked before. */
    REPEATED,
    /** The order was paid before, or the amount is another: the money is there, and kept apart. */
    KEPT_APART,
    /** Nothing was booked: the amount is another, and only somebody's word. */
    WRONG_AMOUNT,
    /** Nothing was booked: the payment is another order's. */
    OF_ANOTHER_ORDER
  }

  /**
   * Books a payment of a locked order.
   *
   * @param proven whether the channel itself says that it has the money; then it is kept apart also
   *     where the amount is another
   * @param cause whose word it is
   */
  Outcome settle(
      Transaction transaction,
      StoredOrder order,
      ChannelPayment payment,
      boolean proven,
      String cause) {
    Optional<StoredPayment> known = payments.find(transaction, order, payment.id());
    if (known.isPresent()) {
      return repeated(transaction, order, payment, known.get(), cause);
    }
    boolean asAsked = payment.amount().equals(order.amount());
    if (!asAsked && !proven) {
      openWrongAmount(transaction, order, payment, cause);
      return Outcome.WRONG_AMOUNT;
    }
    if (!asAsked) {
      openWrongAmount(transaction, order, payment, cause);
      return keepApart(transaction, order, payment, PaymentRole.WRONG_AMOUNT, cause);
    }
    if (isPaid(order)) {
      boolean _ =
          cases.open(
              transaction,
              CaseKind.SECOND_PAYMENT,
              order,
              payment.id(),
              "paid again with " + payment.amount() + "; kept apart",
              clock.instant());
      return keepApart(transaction, order, payment, PaymentRole.SECOND, cause);
    }
    purchases.lock(transaction, order);
    PaymentBooks.Booked booked = books.credit(transaction, order, payment, clock.instant());
    payments.insert(
        transaction,
        order,
        payment,
        PaymentRole.CREDITED,
        booked.account(),
        booked.transfer(),
        cause,
        clock.instant());
    orders.move(transaction, order, OrderMove.paid(order, payment.id(), cause), clock.instant());
    signals.credited(transaction, order);
    purchases.begin(transaction, order);
    return Outcome.CREDITED;
  }

  private Outcome repeated(
      Transaction transaction,
      StoredOrder order,
      ChannelPayment payment,
      StoredPayment known,
      String cause) {
    if (known.order() != order.id()) {
      boolean _ =
          cases.open(
              transaction,
              CaseKind.PAYMENT_OF_ANOTHER_ORDER,
              order,
              payment.id(),
              "told by " + cause + " for an order that it did not pay",
              clock.instant());
      return Outcome.OF_ANOTHER_ORDER;
    }
    if (!known.amount().equals(payment.amount())) {
      openWrongAmount(transaction, order, payment, cause);
      return Outcome.WRONG_AMOUNT;
    }
    return Outcome.REPEATED;
  }

  private Outcome keepApart(
      Transaction transaction,
      StoredOrder order,
      ChannelPayment payment,
      PaymentRole role,
      String cause) {
    PaymentBooks.Booked booked = books.keepApart(transaction, order, payment, clock.instant());
    payments.insert(
        transaction,
        order,
        payment,
        role,
        booked.account(),
        booked.transfer(),
        cause,
        clock.instant());
    signals.keptApart(transaction, order);
    return Outcome.KEPT_APART;
  }

  private void openWrongAmount(
      Transaction transaction, StoredOrder order, ChannelPayment payment, String cause) {
    boolean _ =
        cases.open(
            transaction,
            CaseKind.WRONG_AMOUNT,
            order,
            payment.id(),
            cause + " says " + payment.amount() + " (expected: " + order.amount() + ")",
            clock.instant());
    signals.wrongAmount(transaction);
  }

  private static boolean isPaid(StoredOrder order) {
    return order.status() == RechargeStatus.SUCCESS || order.status() == RechargeStatus.REFUNDED;
  }
}
