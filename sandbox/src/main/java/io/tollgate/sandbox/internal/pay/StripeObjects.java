package io.tollgate.sandbox.internal.pay;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions, charges and refunds as Stripe shows them. */
final class StripeObjects {
  private static final Set<String> NO_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");
  private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private final PayBook book;

  StripeObjects(PayBook book) {
    this.book = book;
  }

  Map<String, Object> charge(PayOrder order, PayPayment payment) {
    Map<String, Object> charge = new LinkedHashMap<>();
    charge.put("id", "ch" + payment.id.substring(2));
    charge.put("object", "charge");
    charge.put("amount", units(payment.amount, order.currency));
    charge.put("currency", order.currency.toLowerCase(Locale.ROOT));
    charge.put("created", payment.at / 1_000);
    charge.put("payment_intent", payment.id);
    charge.put("status", "succeeded");
    charge.put("paid", true);
    charge.put("metadata", Map.of("order", order.number));
    return charge;
  }

  Map<String, Object> session(PayOrder order, String base) {
    return session(order, base, order.seen(book.now()).stream().findFirst());
  }

  Map<String, Object> session(PayOrder order, String base, Optional<PayPayment> payment) {
    Map<String, Object> session = new LinkedHashMap<>();
    session.put("id", order.checkout);
    session.put("object", "checkout.session");
    session.put("mode", "payment");
    session.put("client_reference_id", order.number);
    session.put(
        "amount_total",
        units(payment.map(paid -> paid.amount).orElse(order.amount), order.currency));
    session.put("currency", order.currency.toLowerCase(Locale.ROOT));
    session.put("payment_status", payment.isPresent() ? "paid" : "unpaid");
    payment.ifPresent(paid -> session.put("payment_intent", paid.id));
    session.put(
        "status",
        payment.isPresent() || order.state == PayOrder.State.FAILED
            ? "complete"
            : order.isClosed(book.now()) ? "expired" : "open");
    session.put("expires_at", order.expiresAt / 1_000);
    session.put("metadata", Map.of("order", order.number));
    session.put("url", base + "/pay/page/" + order.checkout);
    return session;
  }

  Map<String, Object> refund(PayRefund refund) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("id", refund.id());
    shown.put("object", "refund");
    shown.put("amount", units(refund.amount(), refund.order().currency));
    shown.put("currency", refund.order().currency.toLowerCase(Locale.ROOT));
    shown.put("created", refund.at() / 1_000);
    shown.put("payment_intent", refund.payment().id);
    shown.put("status", "succeeded");
    shown.put("metadata", Map.of("number", refund.number(), "order", refund.order().number));
    return shown;
  }

  /** Of a currency's smallest coin, as Stripe counts. */
  static int decimals(String currency) {
    return NO_DECIMALS.contains(currency) ? 0 : THREE_DECIMALS.contains(currency) ? 3 : 2;
  }

  private static long units(BigDecimal amount, String currency) {
    return amount.movePointRight(decimals(currency)).longValueExact();
  }
}
