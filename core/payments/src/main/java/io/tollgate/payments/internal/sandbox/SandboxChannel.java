package io.tollgate.payments.internal.sandbox;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.BillLine;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.ChannelPayment;
import io.tollgate.payments.CreatedPayment;
import io.tollgate.payments.MinorUnits;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.NotificationOutcome;
import io.tollgate.payments.NotificationRefused;
import io.tollgate.payments.PaymentChannel;
import io.tollgate.payments.PaymentMethod;
import io.tollgate.payments.PaymentNotice;
import io.tollgate.payments.PaymentReference;
import io.tollgate.payments.PaymentRequest;
import io.tollgate.payments.PaymentStanding;
import io.tollgate.payments.PaymentState;
import io.tollgate.payments.ReceivedNotification;
import io.tollgate.payments.RefundRequest;
import io.tollgate.payments.RefundStanding;
import io.tollgate.payments.RefundState;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The sandbox's own channel: JSON, signed both ways with a shared secret (docs/payments.md). Takes
 * every currency.
 */
public final class SandboxChannel implements PaymentChannel {
  private static final int ANSWER_BYTES = 1 << 20;
  private static final int DECIMALS = 2;

  private final SandboxWire wire;
  private final long billBytes;

  public SandboxChannel(ChannelHttp http, SandboxTerms terms, long billBytes) {
    this.wire = new SandboxWire(http, requireNonNull(terms, "terms is null"));
    this.billBytes = billBytes;
  }

  @Override
  public PaymentMethod method() {
    return PaymentMethod.SANDBOX;
  }

  @Override
  public OptionalInt decimals(String currency) {
    return OptionalInt.of(Math.min(DECIMALS, MinorUnits.decimals(currency)));
  }

  @Override
  public CreatedPayment create(PaymentRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("order", request.order());
    body.put("amount", request.amount().toPlainString());
    body.put("currency", request.amount().asset().code());
    body.put("subject", request.subject());
    body.put("notify_url", request.notifyUrl());
    body.put("return_url", request.returnUrl());
    body.put("expires_at", request.expiresAt().toString());
    JsonNode answer = good(wire.send("POST", "/pay/v1/orders", body, ANSWER_BYTES));
    return new CreatedPayment(
        Optional.empty(), ChannelJson.require(answer, "url"), Optional.empty(), Map.of());
  }

  @Override
  public PaymentStanding query(PaymentReference order) {
    SandboxWire.Answer answer =
        wire.send("GET", "/pay/v1/orders/" + order.order(), Map.of(), ANSWER_BYTES);
    if (answer.status() == 404) {
      return PaymentStanding.unpaid(PaymentState.ABSENT);
    }
    JsonNode found = good(answer);
    List<ChannelPayment> payments = new ArrayList<>();
    found
        .path("payments")
        .forEach(
            each ->
                payments.add(new ChannelPayment(ChannelJson.require(each, "id"), amount(each))));
    PaymentState state =
        switch (ChannelJson.require(found, "state")) {
          case "open" -> PaymentState.OPEN;
          case "paid" -> PaymentState.PAID;
          case "failed" -> PaymentState.FAILED;
          case "closed" -> PaymentState.CLOSED;
          default -> throw ChannelFault.unknown("the sandbox answered a state that is not known");
        };
    return new PaymentStanding(state, payments);
  }

  @Override
  public RefundStanding refund(RefundRequest refund) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("refund", refund.number());
    body.put("order", refund.order());
    body.put("payment", refund.payment());
    body.put("amount", refund.amount().toPlainString());
    body.put("currency", refund.amount().asset().code());
    body.put("reason", refund.reason());
    return standing(good(wire.send("POST", "/pay/v1/refunds", body, ANSWER_BYTES)));
  }

  @Override
  public RefundStanding queryRefund(RefundRequest refund) {
    SandboxWire.Answer answer =
        wire.send("GET", "/pay/v1/refunds/" + refund.number(), Map.of(), ANSWER_BYTES);
    return answer.status() == 404
        ? new RefundStanding(RefundState.ABSENT, Optional.empty(), "")
        : standing(good(answer));
  }

  @Override
  public PaymentNotice read(ReceivedNotification notification) {
    wire.verify(notification);
    JsonNode told =
        ChannelJson.object(notification.body())
            .orElseThrow(() -> malformed("the body is not an object"));
    PaymentNotice.Kind kind =
        switch (ChannelJson.text(told, "type").orElse("")) {
          case "payment.paid" -> PaymentNotice.Kind.PAID;
          case "payment.failed" -> PaymentNotice.Kind.FAILED;
          case "order.closed" -> PaymentNotice.Kind.CLOSED;
          case "refund.done" -> PaymentNotice.Kind.REFUND;
          default -> PaymentNotice.Kind.OTHER;
        };
    try {
      return new PaymentNotice(
          ChannelJson.text(told, "event").orElseThrow(() -> malformed("it has no event")),
          kind,
          ChannelJson.text(told, "order").orElse(""),
          ChannelJson.text(told, "payment"),
          told.has("amount") ? Optional.of(amount(told)) : Optional.empty());
    } catch (ChannelFault | Refusal e) {
      throw malformed("its amount cannot be read");
    }
  }

  @Override
  public NotificationAnswer answer(NotificationOutcome outcome) {
    return switch (outcome) {
      case STORED -> NotificationAnswer.json(200, "{\"success\":true}");
      case LATER -> NotificationAnswer.json(503, "{\"success\":false,\"again\":true}");
      case REFUSED -> NotificationAnswer.json(400, "{\"success\":false}");
    };
  }

  @Override
  public ChannelBill bill(LocalDate day) {
    JsonNode bill = good(wire.send("GET", "/pay/v1/bills/" + day, Map.of(), billBytes));
    List<BillLine> lines = new ArrayList<>();
    bill.path("lines")
        .forEach(
            line ->
                lines.add(
                    new BillLine(
                        ChannelJson.require(line, "order"),
                        ChannelJson.require(line, "payment"),
                        ChannelJson.text(line, "refund"),
                        amount(line))));
    return new ChannelBill(day, lines);
  }

  @Override
  public ZoneId billZone() {
    return ZoneOffset.UTC;
  }

  private static RefundStanding standing(JsonNode refund) {
    RefundState state =
        switch (ChannelJson.require(refund, "state")) {
          case "pending" -> RefundState.PENDING;
          case "done" -> RefundState.DONE;
          case "failed" -> RefundState.FAILED;
          default -> throw ChannelFault.unknown("the sandbox answered a state that is not known");
        };
    return new RefundStanding(state, ChannelJson.text(refund, "id"), "");
  }

  private static Amount amount(JsonNode object) {
    String currency = ChannelJson.require(object, "currency");
    String amount = ChannelJson.require(object, "amount");
    try {
      return Amount.parse(Asset.money(currency), amount);
    } catch (IllegalArgumentException | Refusal e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount cannot be read", e);
    }
  }

  private static JsonNode good(SandboxWire.Answer answer) {
    if (answer.status() == 200) {
      return ChannelJson.answered(answer.body());
    }
    String said = "the sandbox answered " + answer.status();
    if (answer.status() >= 400 && answer.status() < 500 && answer.status() != 429) {
      String why =
          ChannelJson.object(answer.body())
              .flatMap(body -> ChannelJson.text(body, "error"))
              .orElse("");
      throw ChannelFault.refused(said + (why.isEmpty() ? "" : ": " + why));
    }
    throw ChannelFault.unknown(said);
  }

  private static NotificationRefused malformed(String message) {
    return new NotificationRefused(NotificationRefused.Reason.MALFORMED, message);
  }
}
