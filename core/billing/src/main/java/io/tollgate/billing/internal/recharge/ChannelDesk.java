package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.RechargeStatus;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.payments.ChannelPayment;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.payments.PaymentStanding;
import io.tollgate.payments.PaymentState;
import java.time.InstantSource;
import java.util.Optional;

/** Asks channels what has become of orders, and books what they say. */
final class ChannelDesk {
  private final Transactions transactions;
  private final PaymentChannels channels;
  private final OrderTable orders;
  private final PaymentSettling settling;
  private final RechargeSignals signals;
  private final BillingSteps steps;
  private final InstantSource clock;

  ChannelDesk(
      Transactions transactions,
      PaymentChannels channels,
      OrderTable orders,
      PaymentSettling settling,
      RechargeSignals signals,
      BillingSteps steps,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.channels = requireNonNull(channels, "channels is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.settling = requireNonNull(settling, "settling is null");
    this.signals = requireNonNull(signals, "signals is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What the channel says; nothing when it is not configured.
   *
   * @throws io.tollgate.payments.ChannelFault when it does not answer
   */
  Optional<PaymentStanding> ask(StoredOrder order) {
    Optional<PaymentStanding> standing =
        channels.find(order.method()).map(channel -> channel.query(order.reference()));
    steps.reach(BillingStep.CHANNEL_SAID);
    return standing;
  }

  /**
   * Books all payments that the channel has of an order, each in a transaction of its own; the
   * order as it is then.
   */
  StoredOrder book(StoredOrder seen, PaymentStanding standing, String cause) {
    StoredOrder order = seen;
    for (ChannelPayment payment : standing.payments()) {
      order =
          transactions.write(
              transaction -> {
                StoredOrder locked = orders.lock(transaction, seen.id());
                PaymentSettling.Outcome _ =
                    settling.settle(transaction, locked, payment, true, cause);
                steps.reach(BillingStep.PAYMENT_BOOKING);
                return orders.lock(transaction, seen.id());
              });
      steps.reach(BillingStep.PAYMENT_BOOKED);
    }
    boolean failed = standing.payments().isEmpty() && standing.state() == PaymentState.FAILED;
    return failed ? fail(seen, cause) : order;
  }

  /** The channel says that the payment did not work: an order that waits for it has failed. */
  StoredOrder fail(StoredOrder seen, String cause) {
    return transactions.write(
        transaction -> {
          StoredOrder locked = orders.lock(transaction, seen.id());
          return locked.status() == RechargeStatus.PENDING
              ? end(
                  transaction,
                  locked,
                  RechargeStatus.FAILED,
                  cause,
                  "the channel says that it failed")
              : locked;
        });
  }

  /** Ends a locked order that was not paid. */
  StoredOrder end(
      Transaction transaction,
      StoredOrder order,
      RechargeStatus status,
      String cause,
      String detail) {
    orders.move(
        transaction, order, OrderMove.unpaid(order, status, cause, detail), clock.instant());
    signals.ended(transaction, order, status);
    return orders.lock(transaction, order.id());
  }
}
