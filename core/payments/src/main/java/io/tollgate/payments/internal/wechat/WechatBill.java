package io.tollgate.payments.internal.wechat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.Refusal;
import io.tollgate.payments.BillLine;
import io.tollgate.payments.ChannelBill;
import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A day's bill of WeChat Pay: CSV whose values begin with a backtick, with its hash told apart, see
 * <a href="https://pay.weixin.qq.com/doc/v3/merchant/4012071238">trade bill</a>.
 */
final class WechatBill {
  private final WechatWire wire;
  private final WechatTerms terms;

  WechatBill(WechatWire wire, WechatTerms terms) {
    this.wire = wire;
    this.terms = terms;
  }

  ChannelBill of(LocalDate day) {
    WechatWire.Answer asked = wire.get("/v3/bill/tradebill?bill_date=" + day + "&bill_type=ALL");
    if (!asked.isGood()) {
      if (asked.code().equals("NO_STATEMENT_EXIST")) {
        return new ChannelBill(day, List.of());
      }
      if (asked.code().equals("STATEMENT_CREATING")) {
        throw new ChannelFault(ChannelFault.Kind.NOT_READY, "WeChat Pay makes the bill still");
      }
      throw asked.fault();
    }
    URI address = address(ChannelJson.require(asked.json(), "download_url"));
    byte[] file = wire.download(address);
    if (!sha1(file).equalsIgnoreCase(ChannelJson.require(asked.json(), "hash_value"))) {
      throw ChannelFault.unknown("the bill does not have the hash that was told");
    }
    return new ChannelBill(day, lines(new String(file, StandardCharsets.UTF_8)));
  }

  /** Where the bill is: at WeChat Pay, and nowhere else. */
  private URI address(String text) {
    URI home = URI.create(terms.keys().url());
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "the bill has no address", e);
    }
    boolean there =
        String.valueOf(home.getScheme()).equals(address.getScheme())
            && String.valueOf(home.getRawAuthority()).equals(address.getRawAuthority());
    if (!there) {
      throw ChannelFault.unknown("the bill is not at WeChat Pay's own address");
    }
    return address;
  }

  private static List<BillLine> lines(String csv) {
    List<BillLine> lines = new ArrayList<>();
    List<String> rows = csv.replace("\uFEFF", "").lines().toList();
    if (rows.isEmpty()) {
      throw ChannelFault.unknown("the bill is empty");
    }
    List<String> header = List.of(rows.getFirst().split(",", -1));
    Columns columns = new Columns(header);
    for (String row : rows.subList(1, rows.size())) {
      if (!row.startsWith("`")) {
        // the sums follow
        break;
      }
      columns.line(row.substring(1).split(",`", -1)).ifPresent(lines::add);
    }
    return lines;
  }

  /** Where in a row what stands. */
  private record Columns(
      int payment, int order, int state, int currency, int refund, int amount, int refunded) {
    Columns(List<String> header) {
      this(
          at(header, "微信订单号"),
          at(header, "商户订单号"),
          at(header, "交易状态"),
          at(header, "货币种类"),
          at(header, "商户退款单号"),
          at(header, "订单金额"),
          at(header, "申请退款金额"));
    }

    private static int at(List<String> header, String name) {
      int index = header.indexOf(name);
      if (index < 0) {
        throw ChannelFault.unknown("the bill has no column " + name);
      }
      return index;
    }

    Optional<BillLine> line(String[] row) {
      int last =
          List.of(payment, order, state, currency, refund, amount, refunded).stream()
              .mapToInt(Integer::intValue)
              .max()
              .orElse(0);
      if (row.length <= last) {
        throw ChannelFault.unknown("a row of the bill is cut off");
      }
      return switch (row[state]) {
        case "SUCCESS" ->
            Optional.of(
                new BillLine(
                    row[order], row[payment], Optional.empty(), money(row[currency], row[amount])));
        case "REFUND" ->
            Optional.of(
                new BillLine(
                    row[order],
                    row[payment],
                    Optional.of(row[refund]),
                    money(row[currency], row[refunded])));
        default -> Optional.empty();
      };
    }

    private static Amount money(String currency, String amount) {
      try {
        return Amount.parse(Asset.money(currency), amount);
      } catch (IllegalArgumentException | Refusal e) {
        throw new ChannelFault(ChannelFault.Kind.UNKNOWN, "an amount of the bill is none", e);
      }
    }
  }

  private static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no SHA-1", e);
    }
  }
}
