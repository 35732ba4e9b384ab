package io.tollgate.sandbox.internal.pay;

import io.tollgate.sandbox.PaymentKeys;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A day's bill as WeChat Pay writes it. */
final class WechatBillFile {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter BILL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String HEADER =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";

  private final PayBook book;
  private final PaymentKeys.Wechat keys;

  WechatBillFile(PayBook book, PaymentKeys.Wechat keys) {
    this.book = book;
    this.keys = keys;
  }

  /** The bill of a day; empty when there was nothing. */
  String of(LocalDate day) {
    StringBuilder csv = new StringBuilder();
    for (PayOrder order : book.orders(PayChannel.WECHAT)) {
      for (PayPayment payment : order.seen(book.now())) {
        if (isOn(day, payment.at)) {
          row(csv, order, payment, payment.at, Optional.empty());
        }
      }
    }
    for (PayRefund refund : book.refunds(PayChannel.WECHAT)) {
      if (isOn(day, refund.at())) {
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

  private static boolean isOn(LocalDate day, long at) {
    return Instant.ofEpochMilli(at).atZone(ZONE).toLocalDate().equals(day);
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
