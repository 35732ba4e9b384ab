package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Alipay's gateway, as far as page payments need it. */
final class AlipayApi implements NoticeForm {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private final PayBook book;
  private final PayCashier cashier;
  private final PaymentKeys.Alipay keys;
  private final AlipaySigning signing;
  private final AlipayBillFile bill;

  AlipayApi(PayBook book, PayCashier cashier, PaymentKeys.Alipay keys) {
    this.book = book;
    this.cashier = cashier;
    this.keys = keys;
    this.signing = new AlipaySigning(keys);
    this.bill = new AlipayBillFile(book);
  }

  /** The page where a payer arrives, by a link whose parameters are signed. */
  PayReply page(PayCall call) {
    Map<String, String> parameters = call.query();
    if (!signing.isSigned(parameters)
        || !parameters.getOrDefault("method", "").equals("alipay.trade.page.pay")) {
      return PayReply.json(400, Map.of("error", "invalid-signature"));
    }
    JsonNode content = JSON.readTree(parameters.getOrDefault("biz_content", "{}"));
    PayOrder order =
        book.open(
            new PayOrder(
                PayChannel.ALIPAY,
                content.path("out_trade_no").asString(),
                book.id("ali"),
                new BigDecimal(content.path("total_amount").asString()),
                "CNY",
                content.path("subject").asString(),
                parameters.getOrDefault("notify_url", ""),
                parameters.getOrDefault("return_url", ""),
                book.now(),
                LocalDateTime.parse(content.path("time_expire").asString(), TIME)
                    .atZone(ZONE)
                    .toInstant()
                    .toEpochMilli()));
    return PayPage.of(order, book.now());
  }

  PayReply gateway(PayCall call) {
    // some send what is common to all calls in the query, and what is of this one as a form
    Map<String, String> parameters = new LinkedHashMap<>(call.query());
    parameters.putAll(PayCall.form(call.text()));
    String method = parameters.getOrDefault("method", "");
    if (!signing.isSigned(parameters)) {
      return signing.answer(method, wrong("40002", "isv.invalid-signature"));
    }
    JsonNode content = JSON.readTree(parameters.getOrDefault("biz_content", "{}"));
    return signing.answer(
        method,
        switch (method) {
          case "alipay.trade.query" -> query(content);
          case "alipay.trade.refund" -> refund(content);
          case "alipay.trade.fastpay.refund.query" -> queryRefund(content);
          case "alipay.data.dataservice.bill.downloadurl.query" -> bill(content, call.base());
          default -> wrong("40002", "isv.invalid-method");
        });
  }

  private Map<String, Object> query(JsonNode content) {
    Optional<PayOrder> found =
        book.order(PayChannel.ALIPAY, content.path("out_trade_no").asString());
    if (found.isEmpty()) {
      return wrong("40004", "ACQ.TRADE_NOT_EXIST");
    }
    PayOrder order = found.get();
    Optional<PayPayment> payment = order.seen(book.now()).stream().findFirst();
    Map<String, Object> trade = good();
    trade.put("out_trade_no", order.number);
    trade.put("trade_no", payment.map(paid -> paid.id).orElse("0"));
    trade.put("buyer_logon_id", "san***@sandbox.example");
    trade.put("total_amount", money(payment.map(paid -> paid.amount).orElse(order.amount)));
    trade.put(
        "trade_status",
        payment.isPresent()
            ? "TRADE_SUCCESS"
            : order.isClosed(book.now()) || order.state == PayOrder.State.FAILED
                ? "TRADE_CLOSED"
                : "WAIT_BUYER_PAY");
    return trade;
  }

  private Map<String, Object> refund(JsonNode content) {
    Optional<PayOrder> order =
        book.order(PayChannel.ALIPAY, content.path("out_trade_no").asString());
    if (order.isEmpty()) {
      return wrong("40004", "ACQ.TRADE_NOT_EXIST");
    }
    String payment = content.path("trade_no").asString();
    String number = content.path("out_request_no").asString();
    BigDecimal amount = new BigDecimal(content.path("refund_amount").asString());
    boolean there = book.refund(PayChannel.ALIPAY, number).isPresent();
    return switch (cashier.refusal(order.get(), payment, number, amount)) {
      case NONE -> {
        PayRefund made = cashier.refund(order.get(), payment, number, amount);
        Map<String, Object> shown = good();
        shown.put("out_trade_no", made.order().number);
        shown.put("trade_no", made.payment().id);
        shown.put("fund_change", there ? "N" : "Y");
        shown.put("refund_fee", money(made.payment().refunded));
        yield shown;
      }
      case NO_PAYMENT -> wrong("40004", "ACQ.TRADE_NOT_EXIST");
      case TOO_MUCH -> wrong("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL");
      case ANOTHER -> wrong("40004", "ACQ.DISCORDANT_REPEAT_REQUEST");
    };
  }

  private Map<String, Object> queryRefund(JsonNode content) {
    Map<String, Object> shown = good();
    book.refund(PayChannel.ALIPAY, content.path("out_request_no").asString())
        .ifPresent(
            refund -> {
              shown.put("out_trade_no", refund.order().number);
              shown.put("trade_no", refund.payment().id);
              shown.put("out_request_no", refund.number());
              shown.put("refund_amount", money(refund.amount()));
              shown.put("refund_status", "REFUND_SUCCESS");
            });
    return shown;
  }

  private Map<String, Object> bill(JsonNode content, String base) {
    LocalDate day = LocalDate.parse(content.path("bill_date").asString());
    if (bill.rows(day).isEmpty()) {
      return wrong("40004", "isp.bill_not_exist");
    }
    Map<String, Object> shown = good();
    shown.put("bill_download_url", base + "/alipay/bill?day=" + day);
    return shown;
  }

  PayReply download(PayCall call) {
    return bill.of(LocalDate.parse(call.query().getOrDefault("day", "")));
  }

  @Override
  public Outgoing write(PayNotice notice) {
    TreeMap<String, String> form = new TreeMap<>();
    form.put("app_id", keys.appId());
    form.put("notify_id", notice.id);
    form.put("notify_type", "trade_status_sync");
    form.put("notify_time", TIME.format(Instant.ofEpochMilli(book.now()).atZone(ZONE)));
    form.put("charset", "utf-8");
    form.put("version", "1.0");
    form.put("out_trade_no", notice.order.number);
    form.put("subject", notice.order.subject);
    notice.payment.ifPresent(
        payment -> {
          form.put("trade_no", payment.id);
          form.put("total_amount", money(payment.amount));
          form.put("receipt_amount", money(payment.amount));
          form.put("gmt_payment", TIME.format(Instant.ofEpochMilli(payment.at).atZone(ZONE)));
        });
    notice.refund.ifPresent(
        refund -> {
          form.put("refund_fee", money(refund.payment().refunded));
          form.put("out_biz_no", refund.number());
          form.put("gmt_refund", TIME.format(Instant.ofEpochMilli(refund.at()).atZone(ZONE)));
        });
    form.put(
        "trade_status", notice.kind == PayNotice.Kind.FAILED ? "TRADE_CLOSED" : "TRADE_SUCCESS");
    form.put("sign", signing.of(form));
    form.put("sign_type", "RSA2");
    String body =
        form.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return new Outgoing(
        notice.order.notifyUrl,
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        PayCrypto.utf8(body));
  }

  @Override
  public boolean isTaken(int status, String body) {
    return status == 200 && body.equals("success");
  }

  private static Map<String, Object> good() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("code", "10000");
    content.put("msg", "Success");
    return content;
  }

  private static Map<String, Object> wrong(String code, String subCode) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("code", code);
    content.put("msg", "Business Failed");
    content.put("sub_code", subCode);
    content.put("sub_msg", subCode);
    return content;
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
