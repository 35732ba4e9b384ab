package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.ChannelPayment;

/** Books what a tenant's own payment service tells. Its word is believed, within the order. */
final class CallbackBooking {
  private static final String CAUSE = "callback";
  private static final int PAYMENT_MAX = 128;

  private final Transactions transactions;
  private final OrderTable orders;
  private final PaymentSettling settling;
  private final ChannelDesk desk;
  private final BillingSteps steps;

  CallbackBooking(
      Transactions transactions,
      OrderTable orders,
      PaymentSettling settling,
      ChannelDesk desk,
      BillingSteps steps) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.settling = requireNonNull(settling, "settling is null");
    this.desk = requireNonNull(desk, "desk is null");
    this.steps = requireNonNull(steps, "steps is null");
  }

  StoredOrder book(RechargeCallback callback) {
    if (!RequestReading.isPlain(callback.paymentId(), PAYMENT_MAX)) {
      throw GivenText.refused(
          "payment_order_id", callback.paymentId(), "1 to " + PAYMENT_MAX + " characters");
    }
    Result result = transactions.write(transaction -> book(transaction, callback));
    steps.reach(BillingStep.PAYMENT_BOOKED);
    return switch (result.outcome) {
      case CREDITED, REPEATED, KEPT_APART -> result.order;
      case WRONG_AMOUNT ->
          throw new Refusal(
              ErrorCode.CONFLICT,
              "amount: "
                  + GivenText.shown(callback.amount().toString())
                  + " (expected: "
                  + result.order.amount().toPlainString()
                  + ", the order's)");
      case OF_ANOTHER_ORDER ->
          throw new Refusal(
              ErrorCode.CONFLICT,
              "payment_order_id: "
                  + GivenText.shown(callback.paymentId())
                  + " paid another order (expected: a payment of this one)");
    };
  }

  private Result book(Transaction transaction, RechargeCallback callback) {
    StoredOrder found =
        orders
            .find(transaction, callback.tenant(), callback.orderId())
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "there is no order " + GivenText.shown(callback.orderId())));
    StoredOrder order = orders.lock(transaction, found.id());
    Amount amount = Amount.of(order.amount().asset(), callback.amount());
    PaymentSettling.Outcome outcome;
    if (callback.succeeded()) {
      outcome =
          settling.settle(
              transaction, order, new ChannelPayment(callback.paymentId(), amount), false, CAUSE);
    } else {
      boolean another = !amount.isZero() && !amount.equals(order.amount());
      outcome = another ? PaymentSettling.Outcome.WRONG_AMOUNT : PaymentSettling.Outcome.REPEATED;
      if (!another && order.status() == RechargeStatus.PENDING) {
        StoredOrder _ =
            desk.end(
                transaction,
                order,
                RechargeStatus.FAILED,
                CAUSE,
                "payment " + callback.paymentId() + " failed");
      }
    }
    steps.reach(BillingStep.PAYMENT_BOOKING);
    return new Result(outcome, orders.lock(transaction, order.id()));
  }

  private record Result(PaymentSettling.Outcome outcome, StoredOrder order) {}
}
