package io.tollgate.payments.internal.alipay;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.BillLine;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A day's bill of Alipay: a ZIP with CSV files in GBK, of which one has a line for each trade, see
 * <a href="https://opendocs.alipay.com/open/02iwwf">bill download</a>.
 */
final class AlipayBill {
  private static final Charset GBK = Charset.forName("GBK");
  private static final String DETAILS = "业务明细";
  private static final String SUMS = "汇总";
  private static final int MAX_FILES = 20;

  /** Bills are there by nine in the morning; after noon there was nothing to put into one. */
  private static final int READY_HOUR = 12;

  private final AlipayWire wire;
  private final AlipayTerms terms;

  AlipayBill(AlipayWire wire, AlipayTerms terms) {
    this.wire = wire;
    this.terms = terms;
  }

  ChannelBill of(LocalDate day) {
    AlipayWire.Answer asked =
        wire.call(
            "alipay.data.dataservice.bill.downloadurl.query",
            Map.of("bill_type", "trade", "bill_date", day.toString()));
    if (!asked.isGood()) {
      if (asked.subCode().toLowerCase(java.util.Locale.ROOT).endsWith("bill_not_exist")) {
        return absent(day);
      }
      throw asked.fault();
    }
    URI address;
    try {
      address = URI.create(ChannelJson.require(asked.json(), "bill_download_url"));
    } catch (IllegalArgumentException e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "the bill has no address", e);
    }
    requireTheirs(address);
    return new ChannelBill(day, lines(details(wire.download(address))));
  }

  private ChannelBill absent(LocalDate day) {
    Instant ready = day.plusDays(1).atTime(READY_HOUR, 0).atZone(AlipayTerms.ZONE).toInstant();
    if (terms.clock().instant().isBefore(ready)) {
      throw new ChannelFault(ChannelFault.Kind.NOT_READY, "Alipay has not made the bill yet");
    }
    return new ChannelBill(day, List.of());
  }

  /** At the gateway's own host, or another of Alipay's over TLS. */
  private void requireTheirs(URI address) {
    URI home = URI.create(terms.keys().url());
    String host = String.valueOf(address.getHost());
    boolean same =
        String.valueOf(home.getRawAuthority()).equals(address.getRawAuthority())
            && String.valueOf(home.getScheme()).equals(address.getScheme());
    boolean alipay =
        "https".equals(address.getScheme())
            && (host.endsWith(".alipay.com") || host.endsWith(".alipayobjects.com"));
    if (!same && !alipay) {
      throw ChannelFault.unknown("the bill is not at an address of Alipay's");
    }
  }

  private String details(byte[] zip) {
    long left = terms.billBytes();
    try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip), GBK)) {
      ZipEntry entry = files.getNextEntry();
      for (int number = 0; entry != null && number < MAX_FILES; number++) {
        byte[] content = files.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE - 16));
        left -= content.length;
        if (left < 0) {
          throw ChannelFault.refused("the bill is longer than the bound");
        }
        String name = entry.getName();
        if (name.contains(DETAILS) && !name.contains(SUMS)) {
          return new String(content, GBK);
        }
        entry = files.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "the bill cannot be unpacked", e);
    }
    throw ChannelFault.unknown("the bill has no file of details");
  }

  private static List<BillLine> lines(String csv) {
    List<BillLine> lines = new ArrayList<>();
    Optional<List<String>> header = Optional.empty();
    for (String row : csv.lines().toList()) {
      if (row.startsWith("#") || row.isBlank()) {
        continue;
      }
      List<String> cells = List.of(row.split(",", -1)).stream().map(String::strip).toList();
      if (header.isEmpty()) {
        header = Optional.of(cells);
      } else {
        lines.add(line(header.get(), cells));
      }
    }
    return lines;
  }

  private static BillLine line(List<String> header, List<String> cells) {
    String refund = cell(header, cells, "退款批次号/请求号");
    boolean back = cell(header, cells, "业务类型").equals("退款");
    return new BillLine(
        cell(header, cells, "商户订单号"),
        cell(header, cells, "支付宝交易号"),
        back ? Optional.of(refund) : Optional.empty(),
        amount(cell(header, cells, "订单金额（元）")));
  }

  private static String cell(List<String> header, List<String> cells, String name) {
    int index = header.indexOf(name);
    if (index < 0 || index >= cells.size()) {
      throw ChannelFault.unknown("a row of the bill has no " + name);
    }
    return cells.get(index);
  }

  /** Refunds are negative there. */
  private static Amount amount(String text) {
    try {
      return Amount.parse(AlipayChannel.CNY, text.startsWith("-") ? text.substring(1) : text);
    } catch (Refusal e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount of the bill is none", e);
    }
  }
}
