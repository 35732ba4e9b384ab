package io.tollgate.sandbox.internal.pay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** An order at one of the channels. Confined to the event loop. */
final class PayOrder {
  /** Whether it can be paid. */
  enum State {
    OPEN,
    FAILED,
    CLOSED
  }

  final PayChannel channel;
  final String number;
  final String checkout;
  final BigDecimal amount;
  final String currency;
  final String subject;
  final String notifyUrl;
  final String returnUrl;
  final long madeAt;
  final long expiresAt;
  final List<PayPayment> payments = new ArrayList<>();
  State state = State.OPEN;

  PayOrder(
      PayChannel channel,
      String number,
      String checkout,
      BigDecimal amount,
      String currency,
      String subject,
      String notifyUrl,
      String returnUrl,
      long madeAt,
      long expiresAt) {
    this.channel = channel;
    this.number = number;
    this.checkout = checkout;
    this.amount = amount;
    this.currency = currency;
    this.subject = subject;
    this.notifyUrl = notifyUrl;
    this.returnUrl = returnUrl;
    this.madeAt = madeAt;
    this.expiresAt = expiresAt;
  }

  String key() {
    return channel.code() + ":" + number;
  }

  /** Those that the channel owns up to. */
  List<PayPayment> seen(long now) {
    return payments.stream().filter(payment -> payment.visibleAt <= now).toList();
  }

  boolean isClosed(long now) {
    return state == State.CLOSED || (state == State.OPEN && now >= expiresAt);
  }
}
