package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's own channel: JSON, signed both ways with a shared secret. */
final class SandboxPayApi implements NoticeForm {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TIME = "X-Pay-Time";
  private static final String SIGNATURE = "X-Pay-Signature";

  private final PayBook book;
  private final PayCashier cashier;
  private final PaymentKeys keys;

  SandboxPayApi(PayBook book, PayCashier cashier, PaymentKeys keys) {
    this.book = book;
    this.cashier = cashier;
    this.keys = keys;
  }

  PayReply create(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    JsonNode body = JSON.readTree(call.body());
    String number = body.path("order").asString();
    BigDecimal amount = new BigDecimal(body.path("amount").asString());
    if (number.isEmpty() || amount.signum() <= 0) {
      return PayReply.json(400, Map.of("error", "an order has a number and an amount above 0"));
    }
    PayOrder order =
        book.open(
            new PayOrder(
                PayChannel.SANDBOX,
                number,
                book.id("cko_"),
                amount,
                body.path("currency").asString(),
                body.path("subject").asString(),
                body.path("notify_url").asString(""),
                body.path("return_url").asString(""),
                book.now(),
                Instant.parse(body.path("expires_at").asString()).toEpochMilli()));
    if (order.amount.compareTo(amount) != 0) {
      return PayReply.json(409, Map.of("error", "the order is there with another amount"));
    }
    return PayReply.json(
        200, Map.of("order", number, "url", call.base() + "/pay/page/" + order.checkout));
  }

  PayReply query(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    Optional<PayOrder> found = book.order(PayChannel.SANDBOX, call.subject());
    if (found.isEmpty()) {
      return PayReply.json(404, Map.of("error", "no such order"));
    }
    PayOrder order = found.get();
    long now = book.now();
    List<PayPayment> seen = order.seen(now);
    String state =
        !seen.isEmpty()
            ? "paid"
            : order.state == PayOrder.State.FAILED
                ? "failed"
                : order.isClosed(now) ? "closed" : "open";
    List<Map<String, Object>> payments = new ArrayList<>();
    for (PayPayment payment : seen) {
      payments.add(
          Map.of(
              "id",
              payment.id,
              "amount",
              payment.amount.toPlainString(),
              "currency",
              order.currency,
              "refunded",
              payment.refunded.toPlainString()));
    }
    return PayReply.json(200, Map.of("order", order.number, "state", state, "payments", payments));
  }

  PayReply refund(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    JsonNode body = JSON.readTree(call.body());
    String number = body.path("refund").asString();
    String payment = body.path("payment").asString();
    BigDecimal amount = new BigDecimal(body.path("amount").asString());
    Optional<PayOrder> order = book.order(PayChannel.SANDBOX, body.path("order").asString());
    if (order.isEmpty()) {
      return PayReply.json(404, Map.of("error", "no such order"));
    }
    return switch (cashier.refusal(order.get(), payment, number, amount)) {
      case NONE -> refunded(cashier.refund(order.get(), payment, number, amount));
      case NO_PAYMENT -> PayReply.json(404, Map.of("error", "no such payment"));
      case TOO_MUCH -> PayReply.json(409, Map.of("error", "more than is left of the payment"));
      case ANOTHER -> PayReply.json(409, Map.of("error", "the refund is there, and another one"));
    };
  }

  PayReply queryRefund(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    return book.refund(PayChannel.SANDBOX, call.subject())
        .map(SandboxPayApi::refunded)
        .orElseGet(() -> PayReply.json(404, Map.of("error", "no such refund")));
  }

  PayReply bill(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    LocalDate day = LocalDate.parse(call.subject());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (PayOrder order : book.orders()) {
      if (order.channel == PayChannel.SANDBOX) {
        for (PayPayment payment : order.seen(book.now())) {
          if (isOn(day, payment.at)) {
            lines.add(line(order, payment, payment.amount, Optional.empty()));
          }
        }
      }
    }
    for (PayRefund refund : book.refunds()) {
      if (refund.order().channel == PayChannel.SANDBOX && isOn(day, refund.at())) {
        lines.add(
            line(refund.order(), refund.payment(), refund.amount(), Optional.of(refund.number())));
      }
    }
    return PayReply.json(200, Map.of("day", day.toString(), "lines", lines));
  }

  @Override
  public Outgoing write(PayNotice notice) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", notice.id);
    body.put(
        "type",
        switch (notice.kind) {
          case PAID -> "payment.paid";
          case FAILED -> "payment.failed";
          case REFUNDED -> "refund.done";
        });
    body.put("order", notice.order.number);
    notice.payment.ifPresent(payment -> body.put("payment", payment.id));
    notice.refund.ifPresent(refund -> body.put("refund", refund.number()));
    notice
        .refund
        .map(PayRefund::amount)
        .or(() -> notice.payment.map(payment -> payment.amount))
        .ifPresent(
            amount -> {
              body.put("amount", amount.toPlainString());
              body.put("currency", notice.order.currency);
            });
    String text = JSON.writeValueAsString(body);
    String time = Long.toString(book.now() / 1_000);
    return new Outgoing(
        notice.order.notifyUrl,
        Map.of(
            "Content-Type",
            "application/json",
            TIME,
            time,
            SIGNATURE,
            PayCrypto.hmac(keys.sandboxSecret(), time + "\nPOST\n\n" + text)),
        text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isTaken(int status, String body) {
    return status == 200;
  }

  private boolean isSigned(PayCall call) {
    String time = call.header().apply(TIME).orElse("");
    String expected =
        PayCrypto.hmac(
            keys.sandboxSecret(),
            time + "\n" + call.method() + "\n" + call.uri() + "\n" + call.text());
    return expected.equals(call.header().apply(SIGNATURE).orElse(""));
  }

  private static PayReply unsigned() {
    return PayReply.json(401, Map.of("error", "the signature does not fit"));
  }

  private static PayReply refunded(PayRefund refund) {
    return PayReply.json(
        200, Map.of("refund", refund.number(), "id", refund.id(), "state", "done"));
  }

  private static boolean isOn(LocalDate day, long at) {
    return Instant.ofEpochMilli(at).atZone(ZoneOffset.UTC).toLocalDate().equals(day);
  }

  private static Map<String, Object> line(
      PayOrder order, PayPayment payment, BigDecimal amount, Optional<String> refund) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("order", order.number);
    line.put("payment", payment.id);
    refund.ifPresent(number -> line.put("refund", number));
    line.put("amount", amount.toPlainString());
    line.put("currency", order.currency);
    return line;
  }
}
