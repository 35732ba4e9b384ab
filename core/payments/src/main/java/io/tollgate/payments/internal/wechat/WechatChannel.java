package io.tollgate.payments.internal.wechat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.ChannelPayment;
import io.tollgate.payments.CreatedPayment;
import io.tollgate.payments.MinorUnits;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** WeChat Pay, version 3: native payments, whose code is shown as a QR code. Takes CNY only. */
public final class WechatChannel implements PaymentChannel {
  private static final String CURRENCY = "CNY";
  private static final int DECIMALS = 2;
  private static final int DESCRIPTION_MAX = 127;
  private static final int REASON_MAX = 80;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String REFUNDS = "/v3/refund/domestic/refunds";

  private final WechatTerms terms;
  private final WechatWire wire;
  private final WechatNotification notifications;
  private final WechatBill bill;

  public WechatChannel(ChannelHttp http, WechatTerms terms) {
    WechatSignatures signatures = new WechatSignatures(terms);
    this.terms = terms;
    WechatCalls calls = new WechatCalls(http, terms, signatures);
    WechatPlatform platform =
        new WechatPlatform(terms, signatures, new WechatCertificates(calls, signatures));
    this.wire = new WechatWire(calls, platform, terms);
    this.notifications = new WechatNotification(terms, signatures, platform);
    this.bill = new WechatBill(wire, terms);
  }

  @Override
  public PaymentMethod method() {
    return PaymentMethod.WECHAT;
  }

  @Override
  public OptionalInt decimals(String currency) {
    return currency.equals(CURRENCY) ? OptionalInt.of(DECIMALS) : OptionalInt.empty();
  }

  @Override
  public CreatedPayment create(PaymentRequest request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("appid", terms.keys().appId());
    body.put("mchid", terms.keys().merchantId());
    body.put("description", cut(request.subject(), DESCRIPTION_MAX));
    body.put("out_trade_no", request.order());
    body.put(
        "time_expire",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            request.expiresAt().truncatedTo(ChronoUnit.SECONDS).atZone(ZONE)));
    body.put("notify_url", request.notifyUrl());
    body.put(
        "amount", Map.of("total", MinorUnits.of(request.amount(), DECIMALS), "currency", CURRENCY));
    WechatWire.Answer answer = wire.post("/v3/pay/transactions/native", body);
    if (!answer.isGood()) {
      throw answer.fault();
    }
    String code = ChannelJson.require(answer.json(), "code_url");
    return new CreatedPayment(Optional.empty(), code, Optional.of(code), Map.of());
  }

  @Override
  public PaymentStanding query(PaymentReference order) {
    WechatWire.Answer answer =
        wire.get(
            "/v3/pay/transactions/out-trade-no/"
                + order.order()
                + "?mchid="
                + terms.keys().merchantId());
    if (answer.status() == 404) {
      return PaymentStanding.unpaid(PaymentState.ABSENT);
    }
    if (!answer.isGood()) {
      throw answer.fault();
    }
    JsonNode found = answer.json();
    return switch (ChannelJson.require(found, "trade_state")) {
      // refunded wholly or in part: it was paid
      case "SUCCESS", "REFUND" ->
          PaymentStanding.paid(
              new ChannelPayment(
                  ChannelJson.require(found, "transaction_id"),
                  amount(found.path("amount"), "total")));
      case "NOTPAY", "USERPAYING" -> PaymentStanding.unpaid(PaymentState.OPEN);
      case "CLOSED", "REVOKED" -> PaymentStanding.unpaid(PaymentState.CLOSED);
      case "PAYERROR" -> PaymentStanding.unpaid(PaymentState.FAILED);
      default -> throw ChannelFault.unknown("an order has a state that is not known");
    };
  }

  @Override
  public RefundStanding refund(RefundRequest refund) {
    Map<String, Object> amount = new LinkedHashMap<>();
    amount.put("refund", MinorUnits.of(refund.amount(), DECIMALS));
    amount.put("total", MinorUnits.of(refund.paid(), DECIMALS));
    amount.put("currency", CURRENCY);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", refund.payment());
    body.put("out_refund_no", refund.number());
    body.put("reason", cut(refund.reason(), REASON_MAX));
    body.put("amount", amount);
    WechatWire.Answer answer = wire.post(REFUNDS, body);
    if (!answer.isGood()) {
      throw answer.fault();
    }
    return standing(answer.json());
  }

  @Override
  public RefundStanding queryRefund(RefundRequest refund) {
    WechatWire.Answer answer = wire.get(REFUNDS + "/" + refund.number());
    if (answer.status() == 404) {
      return new RefundStanding(RefundState.ABSENT, Optional.empty(), "");
    }
    if (!answer.isGood()) {
      throw answer.fault();
    }
    return standing(answer.json());
  }

  private static RefundStanding standing(JsonNode refund) {
    String status = ChannelJson.require(refund, "status");
    RefundState state =
        switch (status) {
          case "SUCCESS" -> RefundState.DONE;
          case "PROCESSING" -> RefundState.PENDING;
          case "CLOSED", "ABNORMAL" -> RefundState.FAILED;
          default -> throw ChannelFault.unknown("a refund has a status that is not known");
        };
    return new RefundStanding(state, ChannelJson.text(refund, "refund_id"), status);
  }

  @Override
  public PaymentNotice read(ReceivedNotification notification) {
    return notifications.read(notification);
  }

  @Override
  public NotificationAnswer answer(NotificationOutcome outcome) {
    return switch (outcome) {
      case STORED -> NotificationAnswer.json(200, "{\"code\":\"SUCCESS\",\"message\":\"\"}");
      case LATER -> NotificationAnswer.json(500, "{\"code\":\"FAIL\",\"message\":\"again\"}");
      case REFUSED ->
          NotificationAnswer.json(401, "{\"code\":\"FAIL\",\"message\":\"not verified\"}");
    };
  }

  @Override
  public ChannelBill bill(LocalDate day) {
    return bill.of(day);
  }

  @Override
  public ZoneId billZone() {
    return ZONE;
  }

  static Amount amount(JsonNode amount, String name) {
    long units =
        ChannelJson.number(amount, name)
            .orElseThrow(() -> ChannelFault.unknown("the answer has no amount"));
    String currency = ChannelJson.text(amount, "currency").orElse(CURRENCY);
    try {
      return MinorUnits.amount(currency, units, DECIMALS);
    } catch (IllegalArgumentException | Refusal e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount cannot be read", e);
    }
  }

  private static String cut(String text, int max) {
    return text.codePointCount(0, text.length()) <= max
        ? text
        : text.substring(0, text.offsetByCodePoints(0, max));
  }
}
