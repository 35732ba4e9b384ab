package io.tollgate.sandbox.internal.pay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A day's bill as Alipay writes it: a ZIP with CSV files in GBK. */
final class AlipayBillFile {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Charset GBK = Charset.forName("GBK");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final String HEADER =
      "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
          + "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
          + "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

  private final PayBook book;

  AlipayBillFile(PayBook book) {
    this.book = book;
  }

  /** The file, as it is downloaded. */
  PayReply of(LocalDate day) {
    String details =
        "#支付宝业务明细查询\n#账号：[sandbox]\n#-----业务明细列表-----\n"
            + HEADER
            + "\n"
            + rows(day)
            + "#-----业务明细列表结束-----\n";
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream files = new ZipOutputStream(zip, GBK)) {
      files.putNextEntry(new ZipEntry("sandbox_" + day + "_业务明细(汇总).csv"));
      files.write("#支付宝业务汇总查询\n".getBytes(GBK));
      files.closeEntry();
      files.putNextEntry(new ZipEntry("sandbox_" + day + "_业务明细.csv"));
      files.write(details.getBytes(GBK));
      files.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new PayReply(200, "application/zip", zip.toByteArray(), List.of());
  }

  /** Its lines; empty when there was nothing. */
  String rows(LocalDate day) {
    StringBuilder csv = new StringBuilder();
    for (PayOrder order : book.orders(PayChannel.ALIPAY)) {
      for (PayPayment payment : order.seen(book.now())) {
        if (isOn(day, payment.at)) {
          row(csv, order, payment, payment.at, money(payment.amount), "");
        }
      }
    }
    for (PayRefund refund : book.refunds(PayChannel.ALIPAY)) {
      if (isOn(day, refund.at())) {
        row(
            csv,
            refund.order(),
            refund.payment(),
            refund.at(),
            "-" + money(refund.amount()),
            refund.number());
      }
    }
    return csv.toString();
  }

  private static void row(
      StringBuilder csv,
      PayOrder order,
      PayPayment payment,
      long at,
      String amount,
      String refund) {
    String time = TIME.format(Instant.ofEpochMilli(at).atZone(ZONE));
    String[] cells = {
      payment.id,
      order.number,
      refund.isEmpty() ? "交易" : "退款",
      order.subject.replace(",", " "),
      time,
      time,
      "",
      "",
      "",
      "",
      "san***",
      amount,
      amount,
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "0.00",
      "",
      "0.00",
      "0.00",
      refund,
      "0.00",
      "0.00",
      ""
    };
    csv.append(String.join("\t,", cells)).append('\n');
  }

  private static boolean isOn(LocalDate day, long at) {
    return Instant.ofEpochMilli(at).atZone(ZONE).toLocalDate().equals(day);
  }

  private static String money(BigDecimal amount) {
    return amount.setScale(2).toPlainString();
  }
}
