package io.tollgate.payments.internal.wechat;

import static io.tollgate.payments.NotificationRefused.Reason.FORGED;
import static io.tollgate.payments.NotificationRefused.Reason.MALFORMED;
import static io.tollgate.payments.NotificationRefused.Reason.STALE;

import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads WeChat Pay's notifications: verified by their headers, then decrypted. */
final class WechatNotification {
  private final WechatTerms terms;
  private final WechatSignatures signatures;
  private final WechatPlatform platform;

  WechatNotification(WechatTerms terms, WechatSignatures signatures, WechatPlatform platform) {
    this.terms = terms;
    this.signatures = signatures;
    this.platform = platform;
  }

  PaymentNotice read(ReceivedNotification notification) {
    if (!platform.isSigned(notification.header(), notification.body())) {
      throw new NotificationRefused(FORGED, "the signature is not WeChat Pay's");
    }
    checkAge(notification.header().apply("Wechatpay-Timestamp").orElse(""));
    JsonNode envelope = object(notification.body());
    JsonNode resource = envelope.path("resource");
    byte[] plain =
        signatures
            .open(
                text(resource, "ciphertext"),
                text(resource, "nonce"),
                ChannelJson.text(resource, "associated_data").orElse(""))
            .orElseThrow(() -> new NotificationRefused(FORGED, "it does not decrypt"));
    JsonNode told = object(plain);
    if (!text(told, "mchid").equals(terms.keys().merchantId())) {
      throw new NotificationRefused(FORGED, "it is another merchant's");
    }
    PaymentNotice.Kind kind = kind(text(envelope, "event_type"), told);
    try {
      return new PaymentNotice(
          text(envelope, "id"),
          kind,
          ChannelJson.text(told, "out_trade_no").orElse(""),
          ChannelJson.text(told, "transaction_id"),
          kind == PaymentNotice.Kind.PAID
              ? Optional.of(WechatChannel.amount(told.path("amount"), "total"))
              : Optional.empty());
    } catch (ChannelFault | Refusal e) {
      throw new NotificationRefused(MALFORMED, "its amount cannot be read");
    }
  }

  private static PaymentNotice.Kind kind(String event, JsonNode told) {
    if (event.startsWith("REFUND.")) {
      return PaymentNotice.Kind.REFUND;
    }
    return switch (ChannelJson.text(told, "trade_state").orElse("")) {
      case "SUCCESS" -> PaymentNotice.Kind.PAID;
      case "PAYERROR" -> PaymentNotice.Kind.FAILED;
      case "CLOSED", "REVOKED" -> PaymentNotice.Kind.CLOSED;
      default -> PaymentNotice.Kind.OTHER;
    };
  }

  private void checkAge(String time) {
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

  private static JsonNode object(byte[] bytes) {
    return ChannelJson.object(bytes)
        .orElseThrow(() -> new NotificationRefused(MALFORMED, "it is no object"));
  }

  private static String text(JsonNode object, String name) {
    return ChannelJson.text(object, name)
        .orElseThrow(() -> new NotificationRefused(MALFORMED, "it has no " + name));
  }
}
