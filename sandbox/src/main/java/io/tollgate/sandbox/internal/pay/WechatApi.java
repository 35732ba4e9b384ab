package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WeChat Pay, version 3, as far as native payments need it. */
final class WechatApi implements NoticeForm {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private final PayBook book;
  private final PayCashier cashier;
  private final PaymentKeys.Wechat keys;
  private final WechatSigning signing;
  private final WechatBillFile bill;

  WechatApi(PayBook book, PayCashier cashier, PaymentKeys.Wechat keys) {
    this.book = book;
    this.cashier = cashier;
    this.keys = keys;
    this.signing = new WechatSigning(book, keys);
    this.bill = new WechatBillFile(book, keys);
  }

  WechatSigning signing() {
    return signing;
  }

  /** Only what the merchant has signed. */
  Function<PayCall, PayReply> guard(Function<PayCall, PayReply> answering) {
    return call -> signing.isSigned(call) ? answering.apply(call) : signing.unsigned();
  }

  PayReply create(PayCall call) {
    JsonNode body = JSON.readTree(call.body());
    String number = body.path("out_trade_no").asString();
    JsonNode amount = body.path("amount");
    boolean good =
        number.matches("[0-9A-Za-z_*|-]{6,32}")
            && body.path("mchid").asString().equals(keys.merchantId())
            && body.path("appid").asString().equals(keys.appId())
            && amount.path("currency").asString("CNY").equals("CNY")
            && amount.path("total").asLong(0) > 0
            && body.path("description").asString().length() <= 127;
    if (!good) {
      return signing.error(400, "PARAM_ERROR");
    }
    PayOrder order =
        book.open(
            new PayOrder(
                PayChannel.WECHAT,
                number,
                book.id("wx"),
                BigDecimal.valueOf(amount.path("total").longValue(), 2),
                "CNY",
                body.path("description").asString(),
                body.path("notify_url").asString(),
                "",
                book.now(),
                OffsetDateTime.parse(body.path("time_expire").asString())
                    .toInstant()
                    .toEpochMilli()));
    if (order.amount.movePointRight(2).longValueExact() != amount.path("total").longValue()) {
      return signing.error(400, "INVALID_REQUEST");
    }
    return signing.signed(
        200,
        JSON.writeValueAsString(
            Map.of("code_url", "weixin://wxpay/bizpayurl?pr=" + order.checkout)));
  }

  PayReply query(PayCall call) {
    return book.order(PayChannel.WECHAT, call.subject())
        .map(
            order ->
                signing.signed(
                    200,
                    JSON.writeValueAsString(
                        trade(order, order.seen(book.now()).stream().findFirst()))))
        .orElseGet(() -> signing.error(404, "ORDER_NOT_EXIST"));
  }

  private Map<String, Object> trade(PayOrder order, Optional<PayPayment> payment) {
    Map<String, Object> trade = new LinkedHashMap<>();
    trade.put("appid", keys.appId());
    trade.put("mchid", keys.merchantId());
    trade.put("out_trade_no", order.number);
    trade.put("trade_type", "NATIVE");
    String state =
        payment
            .map(paid -> paid.refunded.signum() > 0 ? "REFUND" : "SUCCESS")
            .orElseGet(
                () ->
                    order.state == PayOrder.State.FAILED
                        ? "PAYERROR"
                        : order.isClosed(book.now()) ? "CLOSED" : "NOTPAY");
    trade.put("trade_state", state);
    trade.put("trade_state_desc", state);
    payment.ifPresent(
        paid -> {
          trade.put("transaction_id", paid.id);
          trade.put("bank_type", "OTHERS");
          trade.put("success_time", time(paid.at));
          trade.put("payer", Map.of("openid", "sandbox"));
        });
    BigDecimal amount = payment.map(paid -> paid.amount).orElse(order.amount);
    trade.put(
        "amount",
        Map.of(
            "total",
            fen(amount),
            "payer_total",
            fen(amount),
            "currency",
            "CNY",
            "payer_currency",
            "CNY"));
    return trade;
  }

  PayReply refund(PayCall call) {
    JsonNode body = JSON.readTree(call.body());
    String payment = body.path("transaction_id").asString();
    String number = body.path("out_refund_no").asString();
    BigDecimal amount = BigDecimal.valueOf(body.path("amount").path("refund").asLong(0), 2);
    Optional<PayOrder> found = book.orderOf(PayChannel.WECHAT, payment);
    if (found.isEmpty()) {
      return signing.error(404, "RESOURCE_NOT_EXISTS");
    }
    return switch (cashier.refusal(found.get(), payment, number, amount)) {
      case NONE ->
          signing.signed(
              200,
              JSON.writeValueAsString(
                  refund(cashier.refund(found.get(), payment, number, amount))));
      case NO_PAYMENT -> signing.error(404, "RESOURCE_NOT_EXISTS");
      case TOO_MUCH -> signing.error(403, "NOT_ENOUGH");
      case ANOTHER -> signing.error(400, "INVALID_REQUEST");
    };
  }

  PayReply queryRefund(PayCall call) {
    return book.refund(PayChannel.WECHAT, call.subject())
        .map(refund -> signing.signed(200, JSON.writeValueAsString(refund(refund))))
        .orElseGet(() -> signing.error(404, "RESOURCE_NOT_EXISTS"));
  }

  private Map<String, Object> refund(PayRefund refund) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("refund_id", refund.id());
    shown.put("out_refund_no", refund.number());
    shown.put("transaction_id", refund.payment().id);
    shown.put("out_trade_no", refund.order().number);
    shown.put("channel", "ORIGINAL");
    shown.put("user_received_account", "sandbox");
    shown.put("success_time", time(refund.at()));
    shown.put("create_time", time(refund.at()));
    shown.put("status", "SUCCESS");
    shown.put(
        "amount",
        Map.of(
            "total", fen(refund.payment().amount),
            "refund", fen(refund.amount()),
            "currency", "CNY"));
    return shown;
  }

  PayReply bill(PayCall call) {
    LocalDate day = LocalDate.parse(call.query().getOrDefault("bill_date", ""));
    String csv = bill.of(day);
    if (csv.isEmpty()) {
      return signing.error(400, "NO_STATEMENT_EXIST");
    }
    return signing.signed(
        200,
        JSON.writeValueAsString(
            Map.of(
                "hash_type",
                "SHA1",
                "hash_value",
                PayCrypto.sha1(PayCrypto.utf8(csv)),
                "download_url",
                call.base() + "/wechat/v3/billdownload/file?token=" + day)));
  }

  PayReply download(PayCall call) {
    String csv = bill.of(LocalDate.parse(call.query().getOrDefault("token", "")));
    return new PayReply(200, "text/plain; charset=utf-8", PayCrypto.utf8(csv), java.util.List.of());
  }

  @Override
  public Outgoing write(PayNotice notice) {
    boolean refunded = notice.kind == PayNotice.Kind.REFUNDED;
    Map<String, Object> told =
        notice
            .refund
            .map(
                refund -> {
                  Map<String, Object> shown = refund(refund);
                  shown.put("mchid", keys.merchantId());
                  shown.put("refund_status", "SUCCESS");
                  return shown;
                })
            .orElseGet(() -> trade(notice.order, notice.payment));
    String kind = refunded ? "refund" : "transaction";
    String nonce = book.digits(12);
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("original_type", kind);
    resource.put("algorithm", "AEAD_AES_256_GCM");
    resource.put(
        "ciphertext", PayCrypto.seal(keys.apiV3Key(), nonce, kind, JSON.writeValueAsString(told)));
    resource.put("associated_data", kind);
    resource.put("nonce", nonce);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", notice.id);
    body.put("create_time", time(book.now()));
    body.put("resource_type", "encrypt-resource");
    body.put(
        "event_type",
        switch (notice.kind) {
          case PAID -> "TRANSACTION.SUCCESS";
          case FAILED -> "TRANSACTION.PAYERROR";
          case REFUNDED -> "REFUND.SUCCESS";
        });
    body.put("summary", "");
    body.put("resource", resource);
    String text = JSON.writeValueAsString(body);
    Map<String, String> headers = new LinkedHashMap<>(signing.of(text));
    headers.put("Content-Type", "application/json");
    return new Outgoing(notice.order.notifyUrl, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isTaken(int status, String body) {
    return status == 200 || status == 204;
  }

  private static String time(long at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
  }

  private static long fen(BigDecimal amount) {
    return amount.movePointRight(2).longValueExact();
  }
}
