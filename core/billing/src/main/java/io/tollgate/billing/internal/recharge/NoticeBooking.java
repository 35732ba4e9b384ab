package io.tollgate.billing.internal.recharge;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.NotificationOutcome;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentChannels;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.PaymentStanding;
import io.tollgate.payments.ReceivedNotification;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications of channels. One that is truly the channel's is stored; then the channel is
 * asked what was paid, and that is booked. What cannot be asked now is asked by a job, so that a
 * notification that is stored never needs to come again.
 */
final class NoticeBooking {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeBooking.class);
  private static final String CAUSE = "notice";

  private final Transactions transactions;
  private final PaymentChannels channels;
  private final OrderTable orders;
  private final NoticeTable notices;
  private final CaseTable cases;
  private final ChannelDesk desk;
  private final RechargeMeters meters;
  private final BillingSteps steps;
  private final InstantSource clock;

  NoticeBooking(
      Transactions transactions,
      PaymentChannels channels,
      OrderTable orders,
      NoticeTable notices,
      CaseTable cases,
      ChannelDesk desk,
      RechargeMeters meters,
      BillingSteps steps,
      InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.channels = requireNonNull(channels, "channels is null");
    this.orders = requireNonNull(orders, "orders is null");
    this.notices = requireNonNull(notices, "notices is null");
    this.cases = requireNonNull(cases, "cases is null");
    this.desk = requireNonNull(desk, "desk is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.steps = requireNonNull(steps, "steps is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  NotificationAnswer take(PaymentMethod method, ReceivedNotification notification) {
    PaymentChannel channel =
        channels
            .find(method)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND,
                        "payment channel " + method.code() + " is not configured here"));
    NotificationOutcome outcome;
    try {
      outcome = take(method, channel.read(notification));
    } catch (NotificationRefused refused) {
      String reason = refused.reason().name().toLowerCase(Locale.ROOT);
      meters.notice(method.code(), reason);
      LOG.atWarn()
          .addKeyValue("method", method.code())
          .addKeyValue("reason", reason)
          .log("a notification is not believed");
      return channel.answer(NotificationOutcome.REFUSED);
    } catch (RuntimeException fault) {
      meters.notice(method.code(), "error");
      LOG.atError()
          .setCause(fault)
          .addKeyValue("method", method.code())
          .log("a notification could not be stored; the channel is asked to send it again");
      return channel.answer(NotificationOutcome.LATER);
    }
    meters.notice(method.code(), outcome.name().toLowerCase(Locale.ROOT));
    return channel.answer(outcome);
  }

  private NotificationOutcome take(PaymentMethod method, PaymentNotice notice) {
    if (notice.kind() == PaymentNotice.Kind.OTHER || notice.order().isEmpty()) {
      return NotificationOutcome.STORED;
    }
    Optional<StoredOrder> order =
        transactions.read(tx -> orders.findAtChannel(tx, method, notice.order()));
    if (order.isEmpty()) {
      // not ours, or from the moment before our own order is committed: it comes again
      return NotificationOutcome.LATER;
    }
    NoticeTable.Stored stored = store(order.get(), notice);
    steps.reach(BillingStep.NOTICE_STORED);
    if (!stored.settled()) {
      settleNow(order.get(), stored);
    }
    return NotificationOutcome.STORED;
  }

  private NoticeTable.Stored store(StoredOrder order, PaymentNotice notice) {
    return transactions.write(
        transaction -> {
          Instant now = clock.instant();
          notice
              .amount()
              .filter(amount -> notice.kind() == PaymentNotice.Kind.PAID)
              .filter(amount -> !amount.equals(order.amount()))
              .ifPresent(
                  amount -> {
                    boolean _ =
                        cases.open(
                            transaction,
                            CaseKind.WRONG_AMOUNT,
                            order,
                            notice.payment().orElse(notice.id()),
                            CAUSE + " says " + amount + " (expected: " + order.amount() + ")",
                            now);
                  });
          return notices.store(transaction, order, notice, now);
        });
  }

  private void settleNow(StoredOrder order, NoticeTable.Stored stored) {
    try {
      boolean _ = settle(order, stored);
    } catch (ChannelFault fault) {
      LOG.atWarn()
          .addKeyValue("method", order.method().code())
          .addKeyValue("order", order.id())
          .log("the channel cannot be asked now; its notification is kept and asked about later");
    }
  }

  /**
   * Asks the channel and books what it says.
   *
   * @return whether the channel confirms what the notification tells
   */
  boolean settle(StoredOrder order, NoticeTable.Stored notice) {
    Optional<PaymentStanding> standing = desk.ask(order);
    if (standing.isEmpty()) {
      return false;
    }
    StoredOrder _ = desk.book(order, standing.get(), CAUSE);
    boolean failed = notice.kind().equals(NoticeTable.code(PaymentNotice.Kind.FAILED));
    if (failed && standing.get().payments().isEmpty()) {
      StoredOrder _ = desk.fail(order, CAUSE);
    }
    boolean confirmed =
        notice.payment().isEmpty()
            || standing.get().payments().stream()
                .anyMatch(payment -> payment.id().equals(notice.payment().get()));
    if (confirmed) {
      finish(notice);
    }
    return confirmed;
  }

  void finish(NoticeTable.Stored notice) {
    boolean _ =
        transactions.write(
            transaction -> {
              notices.settled(transaction, notice.id(), clock.instant());
              return true;
            });
  }
}
