package io.tollgate.payments.internal.stripe;

import static io.tollgate.payments.NotificationRefused.Reason.FORGED;
import static io.tollgate.payments.NotificationRefused.Reason.MALFORMED;
import static io.tollgate.payments.NotificationRefused.Reason.STALE;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.internal.wire.ChannelJson;
import io.tollgate.payments.internal.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads Stripe's webhooks: {@code Stripe-Signature: t=TIME,v1=SIGNATURE}, HMAC-SHA256 over {@code
 * TIME.BODY}; several signatures while a secret is being changed. See <a
 * href="https://docs.stripe.com/webhooks#verify-manually">verifying by hand</a>.
 */
final class StripeWebhook {
  private static final int MAX_PARTS = 20;

  private final StripeTerms terms;

  StripeWebhook(StripeTerms terms) {
    this.terms = terms;
  }

  PaymentNotice read(ReceivedNotification notification) {
    verify(notification);
    JsonNode event =
        ChannelJson.object(notification.body())
            .orElseThrow(() -> new NotificationRefused(MALFORMED, "the body is no object"));
    String id =
        ChannelJson.text(event, "id")
            .orElseThrow(() -> new NotificationRefused(MALFORMED, "it has no id"));
    JsonNode object = event.path("data").path("object");
    PaymentNotice.Kind kind = kind(ChannelJson.text(event, "type").orElse(""), object);
    return new PaymentNotice(
        id,
        kind,
        ChannelJson.text(object, "client_reference_id").orElse(""),
        StripeChannel.payment(object),
        kind == PaymentNotice.Kind.PAID ? amount(object) : Optional.empty());
  }

  private static PaymentNotice.Kind kind(String type, JsonNode object) {
    return switch (type) {
      case "checkout.session.completed" ->
          "paid".equals(ChannelJson.text(object, "payment_status").orElse(""))
              ? PaymentNotice.Kind.PAID
              : PaymentNotice.Kind.OTHER;
      case "checkout.session.async_payment_succeeded" -> PaymentNotice.Kind.PAID;
      case "checkout.session.async_payment_failed" -> PaymentNotice.Kind.FAILED;
      case "checkout.session.expired" -> PaymentNotice.Kind.CLOSED;
      case "charge.refunded", "refund.created", "refund.updated", "refund.failed" ->
          PaymentNotice.Kind.REFUND;
      default -> PaymentNotice.Kind.OTHER;
    };
  }

  private static Optional<Amount> amount(JsonNode session) {
    try {
      return ChannelJson.number(session, "amount_total")
          .flatMap(
              units ->
                  ChannelJson.text(session, "currency")
                      .map(currency -> StripeMoney.amount(currency, units)));
    } catch (IllegalArgumentException | Refusal e) {
      throw new NotificationRefused(MALFORMED, "its amount cannot be read");
    }
  }

  private void verify(ReceivedNotification notification) {
    String header = notification.header().apply("Stripe-Signature").orElse("");
    String[] parts = header.split(",", MAX_PARTS);
    String time = "";
    for (String part : parts) {
      if (part.strip().startsWith("t=")) {
        time = part.strip().substring(2);
      }
    }
    byte[] head = (time + ".").getBytes(StandardCharsets.UTF_8);
    byte[] message = new byte[head.length + notification.body().length];
    System.arraycopy(head, 0, message, 0, head.length);
    System.arraycopy(notification.body(), 0, message, head.length, notification.body().length);
    String expected = Hmac.hex(terms.keys().webhookSecret(), message);
    boolean signed = false;
    for (String part : parts) {
      signed |= part.strip().startsWith("v1=") && Hmac.same(expected, part.strip().substring(3));
    }
    if (!signed) {
      throw new NotificationRefused(FORGED, "the signature is not Stripe's");
    }
    Instant sent;
    try {
      sent = Instant.ofEpochSecond(Numerals.wholeNumber(time));
    } catch (RuntimeException e) {
      throw new NotificationRefused(MALFORMED, "it has no time");
    }
    Duration age = Duration.between(sent, terms.clock().instant()).abs();
    if (age.compareTo(terms.tolerance()) > 0) {
      throw new NotificationRefused(STALE, "it is too old");
    }
  }
}
