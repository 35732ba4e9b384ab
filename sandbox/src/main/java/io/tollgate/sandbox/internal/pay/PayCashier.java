package io.tollgate.sandbox.internal.pay;

import java.math.BigDecimal;
import java.util.Optional;

/** Takes payments and gives them back, whatever the channel. */
final class PayCashier {
  /** How long after its end an order is paid late. */
  private static final long LATE_MS = 1_000;

  private static final BigDecimal WRONG = BigDecimal.ONE;

  private final PayBook book;

  PayCashier(PayBook book) {
    this.book = book;
  }

  /** What the page's buttons do; false when the order cannot be paid any more. */
  boolean act(PayOrder order, String action) {
    long now = book.now();
    if (order.isClosed(now) && !action.equals("twice")) {
      return false;
    }
    return switch (action) {
      case "pay" -> order.payments.isEmpty() && pay(order, order.amount, now);
      case "twice" ->
          pay(order, order.amount, now)
              && (order.payments.size() > 1 || pay(order, order.amount, now));
      case "wrong" -> order.payments.isEmpty() && pay(order, order.amount.add(WRONG), now);
      case "late" ->
          order.payments.isEmpty() && pay(order, order.amount, order.expiresAt + LATE_MS);
      case "fail" -> order.payments.isEmpty() && fail(order, now);
      default -> false;
    };
  }

  private boolean pay(PayOrder order, BigDecimal amount, long visibleAt) {
    PayPayment payment = book.pay(order, paymentId(order), amount, visibleAt);
    book.tell(order, PayNotice.Kind.PAID, Optional.of(payment), Optional.empty(), visibleAt);
    return true;
  }

  private boolean fail(PayOrder order, long now) {
    book.state(order, PayOrder.State.FAILED);
    book.tell(order, PayNotice.Kind.FAILED, Optional.empty(), Optional.empty(), now);
    return true;
  }

  private String paymentId(PayOrder order) {
    return switch (order.channel) {
      case SANDBOX -> book.id("pay_");
      case STRIPE -> book.id("pi_");
      case ALIPAY, WECHAT -> book.digits(28);
    };
  }

  /** Why a refund is refused. */
  enum Refusal {
    NONE,
    NO_PAYMENT,
    TOO_MUCH,
    ANOTHER
  }

  /** Whether a refund can be made; of one that was made before, whether it is the same. */
  Refusal refusal(PayOrder order, String paymentId, String number, BigDecimal amount) {
    Optional<PayRefund> there = book.refund(order.channel, number);
    if (there.isPresent()) {
      return there.get().amount().compareTo(amount) == 0 ? Refusal.NONE : Refusal.ANOTHER;
    }
    Optional<PayPayment> payment = PayBook.payment(order, paymentId);
    if (payment.isEmpty()) {
      return Refusal.NO_PAYMENT;
    }
    BigDecimal left = payment.get().amount.subtract(payment.get().refunded);
    return amount.signum() > 0 && amount.compareTo(left) <= 0 ? Refusal.NONE : Refusal.TOO_MUCH;
  }

  /** Makes a refund that is not refused, once. */
  PayRefund refund(PayOrder order, String paymentId, String number, BigDecimal amount) {
    return book.refund(order.channel, number)
        .orElseGet(
            () -> {
              PayPayment payment = PayBook.payment(order, paymentId).orElseThrow();
              PayRefund made = book.refund(order, payment, refundId(order), number, amount);
              book.tell(
                  order,
                  PayNotice.Kind.REFUNDED,
                  Optional.of(payment),
                  Optional.of(made),
                  book.now());
              return made;
            });
  }

  private String refundId(PayOrder order) {
    return switch (order.channel) {
      case SANDBOX -> book.id("ref_");
      case STRIPE -> book.id("re_");
      case ALIPAY, WECHAT -> book.digits(29);
    };
  }
}
