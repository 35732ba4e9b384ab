package io.tollgate.payments.internal.alipay;

import static io.tollgate.payments.NotificationRefused.Reason.FORGED;
import static io.tollgate.payments.NotificationRefused.Reason.MALFORMED;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.internal.wire.Forms;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads Alipay's notifications: a form whose other parameters are signed. Its age is not told: a
 * repeat is known by its id.
 */
final class AlipayNotification {
  private final AlipayTerms terms;
  private final AlipaySignatures signatures;

  AlipayNotification(AlipayTerms terms, AlipaySignatures signatures) {
    this.terms = terms;
    this.signatures = signatures;
  }

  PaymentNotice read(ReceivedNotification notification) {
    TreeMap<String, String> form;
    try {
      form =
          Forms.read(
              new String(notification.body(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new NotificationRefused(MALFORMED, "the body is no form");
    }
    if (!signatures.isSigned(form)) {
      throw new NotificationRefused(FORGED, "the signature is not Alipay's");
    }
    if (!terms.keys().appId().equals(form.getOrDefault("app_id", ""))) {
      throw new NotificationRefused(FORGED, "it is another app's");
    }
    PaymentNotice.Kind kind = kind(form);
    return new PaymentNotice(
        Optional.ofNullable(form.get("notify_id"))
            .filter(id -> !id.isEmpty() && id.length() <= 128)
            .orElseThrow(() -> new NotificationRefused(MALFORMED, "it has no notify_id")),
        kind,
        form.getOrDefault("out_trade_no", ""),
        Optional.ofNullable(form.get("trade_no")).filter(id -> !id.isEmpty()),
        kind == PaymentNotice.Kind.PAID
            ? Optional.of(amount(form.getOrDefault("total_amount", "")))
            : Optional.empty());
  }

  private static PaymentNotice.Kind kind(TreeMap<String, String> form) {
    if (form.containsKey("refund_fee") || form.containsKey("gmt_refund")) {
      return PaymentNotice.Kind.REFUND;
    }
    return switch (form.getOrDefault("trade_status", "")) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" -> PaymentNotice.Kind.PAID;
      case "TRADE_CLOSED" -> PaymentNotice.Kind.CLOSED;
      default -> PaymentNotice.Kind.OTHER;
    };
  }

  private static Amount amount(String text) {
    try {
      return Amount.parse(AlipayChannel.CNY, text);
    } catch (Refusal e) {
      throw new NotificationRefused(MALFORMED, "its amount cannot be read");
    }
  }
}
