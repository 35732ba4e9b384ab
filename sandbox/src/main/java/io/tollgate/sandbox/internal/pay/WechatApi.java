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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** WeChat Pay, version 3, as far as native payments need it. */
final class WechatApi implements NoticeForm {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter BILL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "WECHATPAY2-SHA256-RSA2048 mchid=\"([^\"]+)\",nonce_str=\"([^\"]+)\","
              + "signature=\"([^\"]+)\",timestamp=\"([0-9]+)\",serial_no=\"([^\"]+)\"");

  private static final String HEADER =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";

  private final PayBook book;
  private final PayCashier cashier;
  private final PaymentKeys.Wechat keys;

  WechatApi(PayBook book, PayCashier cashier, PaymentKeys.Wechat keys) {
    this.book = book;
    this.cashier = cashier;
    this.keys = keys;
  }

  PayReply create(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
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
      return error(400, "PARAM_ERROR");
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
      return error(400, "INVALID_REQUEST");
    }
    return signed(
        200,
        JSON.writeValueAsString(
            Map.of("code_url", "weixin://wxpay/bizpayurl?pr=" + order.checkout)));
  }

  PayReply query(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    return book.order(PayChannel.WECHAT, call.subject())
        .map(
            order ->
                signed(
                    200,
                    JSON.writeValueAsString(
                        trade(order, order.seen(book.now()).stream().findFirst()))))
        .orElseGet(() -> error(404, "ORDER_NOT_EXIST"));
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
    if (!isSigned(call)) {
      return unsigned();
    }
    JsonNode body = JSON.readTree(call.body());
    String payment = body.path("transaction_id").asString();
    String number = body.path("out_refund_no").asString();
    BigDecimal amount = BigDecimal.valueOf(body.path("amount").path("refund").asLong(0), 2);
    Optional<PayOrder> found =
        book.orders().stream()
            .filter(order -> order.channel == PayChannel.WECHAT)
            .filter(order -> PayBook.payment(order, payment).isPresent())
            .findFirst();
    if (found.isEmpty()) {
      return error(404, "RESOURCE_NOT_EXISTS");
    }
    return switch (cashier.refusal(found.get(), payment, number, amount)) {
      case NONE ->
          signed(
              200,
              JSON.writeValueAsString(
                  refund(cashier.refund(found.get(), payment, number, amount))));
      case NO_PAYMENT -> error(404, "RESOURCE_NOT_EXISTS");
      case TOO_MUCH -> error(403, "NOT_ENOUGH");
      case ANOTHER -> error(400, "INVALID_REQUEST");
    };
  }

  PayReply queryRefund(PayCall call) {
    if (!isSigned(call)) {
      return unsigned();
    }
    return book.refund(PayChannel.WECHAT, call.subject())
        .map(refund -> signed(200, JSON.writeValueAsString(refund(refund))))
        .orElseGet(() -> error(404, "RESOURCE_NOT_EXISTS"));
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
    if (!isSigned(call)) {
      return unsigned();
    }
    LocalDate day = LocalDate.parse(call.query().getOrDefault("bill_date", ""));
    String csv = csv(day);
    if (csv.isEmpty()) {
      return error(400, "NO_STATEMENT_EXIST");
    }
    return signed(
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
    if (!isSigned(call)) {
      return unsigned();
    }
    String csv = csv(LocalDate.parse(call.query().getOrDefault("token", "")));
    return new PayReply(200, "text/plain; charset=utf-8", PayCrypto.utf8(csv), java.util.List.of());
  }

  /** The bill of a day; empty when there was nothing. */
  private String csv(LocalDate day) {
    StringBuilder csv = new StringBuilder();
    for (PayOrder order : book.orders()) {
      if (order.channel == PayChannel.WECHAT) {
        for (PayPayment payment : order.seen(book.now())) {
          if (isOn(day, payment.at)) {
            row(csv, order, payment, payment.at, Optional.empty());
          }
        }
      }
    }
    for (PayRefund refund : book.refunds()) {
      if (refund.order().channel == PayChannel.WECHAT && isOn(day, refund.at())) {
        row(csv, refund.order(), refund.payment(), refund.at(), Optional.of(refund));
      }
    }
    return csv.isEmpty()
        ? ""
        : "\uFEFF" + HEADER + "\n" + csv + "总交易单数,应结订单总金额,退款总金额\n`1,`0.00,`0.00\n";
  }

  private void row(
      StringBuilder csv, PayOrder order, PayPayment payment, long at, Optional<PayRefund> refund) {
    String amount = money(payment.amount);
    String back = refund.map(each -> money(each.amount())).orElse("0.00");
    String[] cells = {
      BILL_TIME.format(Instant.ofEpochMilli(at).atZone(ZONE)),
      keys.appId(),
      keys.merchantId(),
      "0",
      "",
      payment.id,
      order.number,
      "sandbox",
      "NATIVE",
      refund.isPresent() ? "REFUND" : "SUCCESS",
      "OTHERS",
      "CNY",
      refund.isPresent() ? "0.00" : amount,
      "0.00",
      refund.map(PayRefund::id).orElse("0"),
      refund.map(PayRefund::number).orElse("0"),
      back,
      "0.00",
      refund.isPresent() ? "ORIGINAL" : "",
      refund.isPresent() ? "SUCCESS" : "",
      order.subject,
      "",
      "0.00000",
      "0.60%",
      refund.isPresent() ? "0.00" : amount,
      back,
      ""
    };
    csv.append('`').append(String.join(",`", cells)).append('\n');
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
    Map<String, String> headers = new LinkedHashMap<>(signatureOf(text));
    headers.put("Content-Type", "application/json");
    return new Outgoing(notice.order.notifyUrl, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean isTaken(int status, String body) {
    return status == 200 || status == 204;
  }

  private Map<String, String> signatureOf(String body) {
    String time = Long.toString(book.now() / 1_000);
    String nonce = book.id("");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Wechatpay-Timestamp", time);
    headers.put("Wechatpay-Nonce", nonce);
    headers.put("Wechatpay-Serial", keys.platformKeyId());
    headers.put(
        "Wechatpay-Signature",
        PayCrypto.sign(
            keys.platformPrivateKey(), PayCrypto.utf8(time + "\n" + nonce + "\n" + body + "\n")));
    headers.put("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
    return headers;
  }

  private PayReply signed(int status, String body) {
    PayReply reply = PayReply.json(status, body);
    for (Map.Entry<String, String> header : signatureOf(body).entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private boolean isSigned(PayCall call) {
    Matcher given = AUTHORIZATION.matcher(call.header().apply("Authorization").orElse(""));
    if (!given.matches()
        || !given.group(1).equals(keys.merchantId())
        || !given.group(5).equals(keys.merchantSerial())
        || Math.abs(Long.parseLong(given.group(4)) - book.now() / 1_000) > 300) {
      return false;
    }
    String message =
        call.method()
            + "\n"
            + call.uri()
            + "\n"
            + given.group(4)
            + "\n"
            + given.group(2)
            + "\n"
            + call.text()
            + "\n";
    return PayCrypto.verify(keys.merchantPublicKey(), PayCrypto.utf8(message), given.group(3));
  }

  private PayReply unsigned() {
    return error(401, "SIGN_ERROR");
  }

  private PayReply error(int status, String code) {
    return signed(status, JSON.writeValueAsString(Map.of("code", code, "message", code)));
  }

  private static boolean isOn(LocalDate day, long at) {
    return Instant.ofEpochMilli(at).atZone(ZONE).toLocalDate().equals(day);
  }

  private static String time(long at) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        Instant.ofEpochMilli(at).truncatedTo(ChronoUnit.SECONDS).atZone(ZONE));
  }

  private static long fen(BigDecimal amount) {
    return amount.movePointRight(2).longValueExact();
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
