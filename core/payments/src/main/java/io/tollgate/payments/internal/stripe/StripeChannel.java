package io.tollgate.payments.internal.stripe;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.ChannelPayment;
import io.tollgate.payments.CreatedPayment;
import io.tollgate.payments.NotificationAnswer;
import io.tollgate.payments.NotificationOutcome;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Stripe Checkout: a session for each order, told of by webhooks. */
public final class StripeChannel implements PaymentChannel {
  /** Stripe takes no shorter session than half an hour, and no longer one than a day. */
  private static final Duration SHORTEST = Duration.ofMinutes(31);

  private static final Duration LONGEST = Duration.ofHours(23);
  private static final String SESSIONS = "/v1/checkout/sessions";

  private final StripeWire wire;
  private final StripeWebhook webhook;
  private final StripeBill bill;

  public StripeChannel(ChannelHttp http, StripeTerms terms) {
    this.wire = new StripeWire(http, terms);
    this.webhook = new StripeWebhook(terms);
    this.bill = new StripeBill(wire, terms.billBytes());
  }

  @Override
  public PaymentMethod method() {
    return PaymentMethod.STRIPE;
  }

  @Override
  public OptionalInt decimals(String currency) {
    boolean iso = currency.length() == 3 && currency.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    return iso ? OptionalInt.of(StripeMoney.decimals(currency)) : OptionalInt.empty();
  }

  @Override
  public CreatedPayment create(PaymentRequest request) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("mode", "payment");
    fields.put("client_reference_id", request.order());
    fields.put("success_url", request.returnUrl());
    fields.put("cancel_url", request.returnUrl());
    String item = "line_items[0]";
    fields.put(item + "[quantity]", "1");
    fields.put(
        item + "[price_data][currency]", request.amount().asset().code().toLowerCase(Locale.ROOT));
    fields.put(
        item + "[price_data][unit_amount]", Long.toString(StripeMoney.units(request.amount())));
    fields.put(item + "[price_data][product_data][name]", request.subject());
    fields.put("metadata[order]", request.order());
    fields.put("payment_intent_data[metadata][order]", request.order());
    Instant end = request.expiresAt();
    Instant earliest = request.madeAt().plus(SHORTEST);
    Instant latest = request.madeAt().plus(LONGEST);
    Instant ends = end.isBefore(earliest) ? earliest : end.isAfter(latest) ? latest : end;
    fields.put("expires_at", Long.toString(ends.getEpochSecond()));
    JsonNode session = wire.post(SESSIONS, fields, "order-" + request.order());
    return new CreatedPayment(
        Optional.of(ChannelJson.require(session, "id")),
        ChannelJson.require(session, "url"),
        Optional.empty(),
        Map.of());
  }

  /**
   * A session whose id we never learned was never shown to anybody: its URL came with the id. So it
   * cannot have been paid.
   */
  @Override
  public PaymentStanding query(PaymentReference order) {
    Optional<JsonNode> session =
        order
            .checkout()
            .flatMap(id -> wire.get(SESSIONS + "/" + inPath(id)))
            .map(StripeWire.Answer::json);
    if (session.isEmpty()) {
      return PaymentStanding.unpaid(PaymentState.ABSENT);
    }
    JsonNode found = session.get();
    if ("paid".equals(ChannelJson.require(found, "payment_status"))) {
      String payment =
          payment(found).orElseThrow(() -> ChannelFault.unknown("a paid session has no payment"));
      return PaymentStanding.paid(new ChannelPayment(payment, money(found, "amount_total")));
    }
    return PaymentStanding.unpaid(
        "expired".equals(ChannelJson.text(found, "status").orElse(""))
            ? PaymentState.CLOSED
            : PaymentState.OPEN);
  }

  @Override
  public RefundStanding refund(RefundRequest refund) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("payment_intent", refund.payment());
    fields.put("amount", Long.toString(StripeMoney.units(refund.amount())));
    fields.put("reason", "requested_by_customer");
    fields.put("metadata[number]", refund.number());
    fields.put("metadata[order]", refund.order());
    return standing(wire.post("/v1/refunds", fields, "refund-" + refund.number()));
  }

  @Override
  public RefundStanding queryRefund(RefundRequest refund) {
    if (refund.channelRefund().isPresent()) {
      return wire.get("/v1/refunds/" + inPath(refund.channelRefund().get()))
          .map(answer -> standing(answer.json()))
          .orElseGet(StripeChannel::noRefund);
    }
    Optional<StripeWire.Answer> list =
        wire.get("/v1/refunds?limit=100&payment_intent=" + inPath(refund.payment()));
    if (list.isPresent()) {
      for (JsonNode each : list.get().json().path("data")) {
        String number = ChannelJson.text(each.path("metadata"), "number").orElse("");
        if (number.equals(refund.number())) {
          return standing(each);
        }
      }
    }
    return noRefund();
  }

  private static RefundStanding noRefund() {
    return new RefundStanding(RefundState.ABSENT, Optional.empty(), "");
  }

  private static RefundStanding standing(JsonNode refund) {
    String status = ChannelJson.require(refund, "status");
    RefundState state =
        switch (status) {
          case "succeeded" -> RefundState.DONE;
          case "pending", "requires_action" -> RefundState.PENDING;
          case "failed", "canceled" -> RefundState.FAILED;
          default -> throw ChannelFault.unknown("a refund has a status that is not known");
        };
    return new RefundStanding(state, ChannelJson.text(refund, "id"), status);
  }

  @Override
  public PaymentNotice read(ReceivedNotification notification) {
    return webhook.read(notification);
  }

  @Override
  public NotificationAnswer answer(NotificationOutcome outcome) {
    return switch (outcome) {
      case STORED -> NotificationAnswer.json(200, "{\"received\":true}");
      case LATER -> NotificationAnswer.json(500, "{\"received\":false}");
      case REFUSED -> NotificationAnswer.json(400, "{\"received\":false}");
    };
  }

  @Override
  public ChannelBill bill(LocalDate day) {
    return bill.of(day);
  }

  @Override
  public ZoneId billZone() {
    return ZoneOffset.UTC;
  }

  /** The payment of a session, charge or refund: its id, or the object where it is expanded. */
  static Optional<String> payment(JsonNode object) {
    JsonNode payment = object.path("payment_intent");
    return payment.isObject()
        ? ChannelJson.text(payment, "id")
        : ChannelJson.text(object, "payment_intent");
  }

  static Amount money(JsonNode object, String name) {
    long units =
        ChannelJson.number(object, name)
            .orElseThrow(() -> ChannelFault.unknown("the answer has no " + name));
    try {
      return StripeMoney.amount(ChannelJson.require(object, "currency"), units);
    } catch (IllegalArgumentException | Refusal e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount cannot be read", e);
    }
  }

  private static String inPath(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
