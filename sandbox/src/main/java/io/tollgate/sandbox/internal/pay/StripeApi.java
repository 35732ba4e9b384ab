package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stripe as far as Checkout needs it: sessions, refunds, lists of charges and refunds, webhooks.
 */
final class StripeApi implements NoticeForm {
  private static final JsonMapper JSON = new JsonMapper();

  /** What webhooks are written in. */
  private static final String API_VERSION = "2026-07-29.dahlia";

  /** Webhooks go to the account's endpoint, not to an address of the session. */
  private static final String ENDPOINT = "the webhook endpoint";

  private final PayBook book;
  private final PayCashier cashier;
  private final PaymentKeys.Stripe keys;
  private final StripeObjects objects;

  StripeApi(PayBook book, PayCashier cashier, PaymentKeys.Stripe keys) {
    this.book = book;
    this.cashier = cashier;
    this.keys = keys;
    this.objects = new StripeObjects(book);
  }

  /** Only with the merchant's key. */
  Function<PayCall, PayReply> guard(Function<PayCall, PayReply> answering) {
    String known = "Bearer " + keys.secretKey();
    return call ->
        call.header().apply("Authorization").filter(known::equals).isPresent()
            ? answering.apply(call)
            : error(401, "");
  }

  PayReply create(PayCall call) {
    Map<String, String> form = PayCall.form(call.text());
    String price = "line_items[0][price_data]";
    String number = form.getOrDefault("client_reference_id", "");
    String currency = form.getOrDefault(price + "[currency]", "").toUpperCase(Locale.ROOT);
    if (number.isEmpty()
        || currency.isEmpty()
        || call.header().apply("Idempotency-Key").isEmpty()) {
      return error(400, "parameter_missing");
    }
    long ends = Long.parseLong(form.getOrDefault("expires_at", "0")) * 1_000;
    if (ends < book.now() + 30 * 60_000L - 5_000 || ends > book.now() + 24 * 3_600_000L) {
      return error(400, "parameter_invalid_integer");
    }
    long units = Long.parseLong(form.getOrDefault(price + "[unit_amount]", "0"));
    PayOrder order =
        book.open(
            new PayOrder(
                PayChannel.STRIPE,
                number,
                book.id("cs_test_"),
                BigDecimal.valueOf(units, StripeObjects.decimals(currency)),
                currency,
                form.getOrDefault(price + "[product_data][name]", ""),
                ENDPOINT,
                form.getOrDefault("success_url", ""),
                book.now(),
                ends));
    return PayReply.json(200, objects.session(order, call.base()));
  }

  /** Where webhooks go from now on. */
  PayReply endpoint(PayCall call) {
    String url = PayCall.form(call.text()).getOrDefault("url", "");
    book.setWebhook(url);
    return PayReply.json(200, Map.of("id", "we_sandbox", "object", "webhook_endpoint", "url", url));
  }

  PayReply session(PayCall call) {
    return book.byCheckout(call.subject())
        .map(order -> PayReply.json(200, objects.session(order, call.base())))
        .orElseGet(() -> error(404, "resource_missing"));
  }

  PayReply refund(PayCall call) {
    Map<String, String> form = PayCall.form(call.text());
    String payment = form.getOrDefault("payment_intent", "");
    String number = form.getOrDefault("metadata[number]", "");
    Optional<PayOrder> found = book.orderOf(PayChannel.STRIPE, payment);
    if (found.isEmpty()) {
      return error(404, "resource_missing");
    }
    PayOrder order = found.get();
    BigDecimal amount =
        BigDecimal.valueOf(
            Long.parseLong(form.get("amount")), StripeObjects.decimals(order.currency));
    return switch (cashier.refusal(order, payment, number, amount)) {
      case NONE ->
          PayReply.json(200, objects.refund(cashier.refund(order, payment, number, amount)));
      case NO_PAYMENT -> error(404, "resource_missing");
      case TOO_MUCH -> error(400, "charge_already_refunded");
      case ANOTHER -> error(400, "idempotency_error");
    };
  }

  PayReply queryRefund(PayCall call) {
    return book.refunds(PayChannel.STRIPE).stream()
        .filter(refund -> refund.id().equals(call.subject()))
        .findFirst()
        .map(refund -> PayReply.json(200, objects.refund(refund)))
        .orElseGet(() -> error(404, "resource_missing"));
  }

  PayReply listRefunds(PayCall call) {
    Map<String, String> query = call.query();
    List<Map<String, Object>> all =
        book.refunds(PayChannel.STRIPE).stream()
            .filter(refund -> isIn(query, refund.at()))
            .filter(
                refund ->
                    query
                        .getOrDefault("payment_intent", refund.payment().id)
                        .equals(refund.payment().id))
            .map(objects::refund)
            .toList();
    return list(all, query);
  }

  PayReply listCharges(PayCall call) {
    Map<String, String> query = call.query();
    List<Map<String, Object>> all = new ArrayList<>();
    for (PayOrder order : book.orders(PayChannel.STRIPE)) {
      for (PayPayment payment : order.seen(book.now())) {
        if (isIn(query, payment.at)) {
          all.add(objects.charge(order, payment));
        }
      }
    }
    return list(all, query);
  }

  private static PayReply list(List<Map<String, Object>> all, Map<String, String> query) {
    int limit = Integer.parseInt(query.getOrDefault("limit", "10"));
    String after = query.getOrDefault("starting_after", "");
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (String.valueOf(all.get(i).get("id")).equals(after)) {
        from = i + 1;
      }
    }
    int to = Math.min(all.size(), from + limit);
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("object", "list");
    list.put("data", all.subList(from, to));
    list.put("has_more", to < all.size());
    return PayReply.json(200, list);
  }

  @Override
  public Outgoing write(PayNotice notice) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("id", notice.id);
    event.put("object", "event");
    event.put("api_version", API_VERSION);
    event.put("created", book.now() / 1_000);
    event.put("livemode", false);
    event.put("pending_webhooks", 1);
    event.put(
        "type",
        switch (notice.kind) {
          case PAID -> "checkout.session.completed";
          case FAILED -> "checkout.session.async_payment_failed";
          case REFUNDED -> "refund.created";
        });
    event.put(
        "data",
        Map.of(
            "object",
            notice
                .refund
                .<Map<String, Object>>map(objects::refund)
                .orElseGet(() -> objects.session(notice.order, "", notice.payment))));
    String body = JSON.writeValueAsString(event);
    String time = Long.toString(book.now() / 1_000);
    return new Outgoing(
        book.webhook(),
        Map.of(
            "Content-Type",
            "application/json; charset=utf-8",
            "Stripe-Signature",
            "t=" + time + ",v1=" + PayCrypto.hmac(keys.webhookSecret(), time + "." + body)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isTaken(int status, String body) {
    return status >= 200 && status < 300;
  }

  private static boolean isIn(Map<String, String> query, long at) {
    long seconds = at / 1_000;
    return seconds >= Long.parseLong(query.getOrDefault("created[gte]", "0"))
        && seconds < Long.parseLong(query.getOrDefault("created[lt]", "99999999999"));
  }

  private static PayReply error(int status, String code) {
    return PayReply.json(
        status, Map.of("error", Map.of("type", "invalid_request_error", "code", code)));
  }
}
