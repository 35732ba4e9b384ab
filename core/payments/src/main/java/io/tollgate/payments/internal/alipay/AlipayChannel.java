package io.tollgate.payments.internal.alipay;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Alipay's page payments. Takes CNY only. */
public final class AlipayChannel implements PaymentChannel {
  static final Asset CNY = Asset.money("CNY");

  private static final int DECIMALS = 2;

  private final AlipayWire wire;
  private final AlipayNotification notifications;
  private final AlipayBill bill;

  public AlipayChannel(ChannelHttp http, AlipayTerms terms) {
    AlipaySignatures signatures = new AlipaySignatures(terms.keys());
    this.wire = new AlipayWire(http, terms, signatures);
    this.notifications = new AlipayNotification(terms, signatures);
    this.bill = new AlipayBill(wire, terms);
  }

  @Override
  public PaymentMethod method() {
    return PaymentMethod.ALIPAY;
  }

  @Override
  public OptionalInt decimals(String currency) {
    return currency.equals(CNY.code()) ? OptionalInt.of(DECIMALS) : OptionalInt.empty();
  }

  @Override
  public CreatedPayment create(PaymentRequest request) {
    Map<String, String> content = new LinkedHashMap<>();
    content.put("out_trade_no", request.order());
    content.put("product_code", "FAST_INSTANT_TRADE_PAY");
    content.put("total_amount", MinorUnits.text(request.amount(), DECIMALS));
    content.put("subject", request.subject());
    content.put(
        "time_expire", AlipayTerms.TIME.format(request.expiresAt().atZone(AlipayTerms.ZONE)));
    String page =
        wire.page(
            "alipay.trade.page.pay",
            content,
            Map.of("notify_url", request.notifyUrl(), "return_url", request.returnUrl()));
    return new CreatedPayment(Optional.empty(), page, Optional.empty(), Map.of());
  }

  @Override
  public PaymentStanding query(PaymentReference order) {
    AlipayWire.Answer answer =
        wire.call("alipay.trade.query", Map.of("out_trade_no", order.order()));
    if (answer.says("ACQ.TRADE_NOT_EXIST")) {
      // nobody has opened the page yet
      return PaymentStanding.unpaid(PaymentState.ABSENT);
    }
    if (!answer.isGood()) {
      throw answer.fault();
    }
    return switch (ChannelJson.require(answer.json(), "trade_status")) {
      case "TRADE_SUCCESS", "TRADE_FINISHED" ->
          PaymentStanding.paid(
              new ChannelPayment(
                  ChannelJson.require(answer.json(), "trade_no"),
                  amount(ChannelJson.require(answer.json(), "total_amount"))));
      case "WAIT_BUYER_PAY" -> PaymentStanding.unpaid(PaymentState.OPEN);
      case "TRADE_CLOSED" -> PaymentStanding.unpaid(PaymentState.CLOSED);
      default -> throw ChannelFault.unknown("a trade has a status that is not known");
    };
  }

  @Override
  public RefundStanding refund(RefundRequest refund) {
    Map<String, String> content = reference(refund);
    content.put("refund_amount", MinorUnits.text(refund.amount(), DECIMALS));
    content.put("refund_reason", refund.reason());
    AlipayWire.Answer answer = wire.call("alipay.trade.refund", content);
    if (!answer.isGood()) {
      throw answer.fault();
    }
    // N: the same number was asked for before, or nothing was moved yet
    boolean moved = ChannelJson.text(answer.json(), "fund_change").filter("Y"::equals).isPresent();
    return moved ? done(refund) : queryRefund(refund);
  }

  @Override
  public RefundStanding queryRefund(RefundRequest refund) {
    AlipayWire.Answer answer = wire.call("alipay.trade.fastpay.refund.query", reference(refund));
    if (answer.says("ACQ.TRADE_NOT_EXIST")) {
      return new RefundStanding(RefundState.ABSENT, Optional.empty(), "");
    }
    if (!answer.isGood()) {
      throw answer.fault();
    }
    String status = ChannelJson.text(answer.json(), "refund_status").orElse("");
    return switch (status) {
      case "REFUND_SUCCESS" -> done(refund);
      case "" -> new RefundStanding(RefundState.ABSENT, Optional.empty(), "");
      default -> new RefundStanding(RefundState.PENDING, Optional.of(refund.number()), status);
    };
  }

  /** Alipay knows a refund by our number. */
  private static RefundStanding done(RefundRequest refund) {
    return new RefundStanding(RefundState.DONE, Optional.of(refund.number()), "");
  }

  private static Map<String, String> reference(RefundRequest refund) {
    Map<String, String> content = new LinkedHashMap<>();
    content.put("out_trade_no", refund.order());
    content.put("trade_no", refund.payment());
    content.put("out_request_no", refund.number());
    return content;
  }

  @Override
  public PaymentNotice read(ReceivedNotification notification) {
    return notifications.read(notification);
  }

  @Override
  public NotificationAnswer answer(NotificationOutcome outcome) {
    return switch (outcome) {
      case STORED -> NotificationAnswer.text(200, "success");
      case LATER -> NotificationAnswer.text(503, "fail");
      case REFUSED -> NotificationAnswer.text(400, "fail");
    };
  }

  @Override
  public ChannelBill bill(LocalDate day) {
    return bill.of(day);
  }

  @Override
  public ZoneId billZone() {
    return AlipayTerms.ZONE;
  }

  private static Amount amount(String text) {
    try {
      return Amount.parse(CNY, text);
    } catch (Refusal e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount cannot be read", e);
    }
  }
}
