package io.tollgate.sandbox.internal.okx;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Numbers;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueAccount;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import io.tollgate.sandbox.internal.venue.VenuePosition;
import java.math.BigDecimal;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OKX's accounts. */
final class OkxAccounts {
  private static final int PAGE = 100;

  private final VenueBook book;

  OkxAccounts(VenueBook book) {
    this.book = book;
  }

  ArrayNode handle(VenueAccount account, VenueCall call) {
    ArrayNode data = JsonBody.array();
    switch (call.method() + " " + call.path()) {
      case "GET /api/v5/account/balance" -> balance(account, data.addObject(), call.now());
      case "GET /api/v5/account/positions" ->
          account.positions().forEach(one -> position(account, one, data.addObject()));
      case "GET /api/v5/account/config" ->
          data.addObject()
              .put("uid", "1")
              .put("acctLv", "2")
              .put("posMode", account.hedges() ? "long_short_mode" : "net_mode")
              .put("perm", "read_only,trade");
      case "POST /api/v5/account/set-position-mode" -> {
        String mode = call.field("posMode").orElse("");
        if (!mode.matches("long_short_mode|net_mode")) {
          throw new Refused(Reason.BAD_PARAMETER, "Parameter posMode error");
        }
        account.hedges(mode.equals("long_short_mode"));
        data.addObject().put("posMode", mode);
      }
      case "POST /api/v5/account/set-leverage" -> {
        Listed one = OkxPublic.listed(book, call.field("instId").orElse(""));
        int times = Numbers.positive(call.field("lever"), "lever").intValue();
        if (times < 1 || times > 100) {
          throw new Refused(Reason.BAD_PARAMETER, "Parameter lever error");
        }
        account.leverage(one, times);
        data.addObject()
            .put("instId", OkxPublic.name(one))
            .put("lever", Integer.toString(times))
            .put("mgnMode", call.field("mgnMode").orElse("isolated"));
      }
      case "GET /api/v5/account/trade-fee" ->
          // what is paid is negative
          data.addObject()
              .put("instType", call.parameter("instType").orElse(""))
              .put("level", "Lv1")
              .put("maker", "-0.0008")
              .put("taker", "-0.001")
              .put("makerU", "-0.0002")
              .put("takerU", "-0.0005");
      case "GET /api/v5/account/bills" -> bills(account, call, data);
      default -> throw new Refused(Reason.NO_SUCH_CALL, "no such call");
    }
    return data;
  }

  /** Of funding only: the others nobody asks for here. */
  private static void bills(VenueAccount account, VenueCall call, ArrayNode data) {
    if (!call.parameter("type").orElse("").equals("8")) {
      throw new Refused(Reason.BAD_PARAMETER, "Parameter type error");
    }
    long older = call.parameter("after").map(Long::parseLong).orElse(Long.MAX_VALUE);
    long begin = call.parameter("begin").map(Long::parseLong).orElse(0L);
    account.payments().reversed().stream()
        .filter(payment -> payment.id() < older && payment.at() >= begin)
        .limit(PAGE)
        .forEach(
            payment ->
                data.addObject()
                    .put("billId", Long.toString(payment.id()))
                    .put("instType", "SWAP")
                    .put("instId", OkxPublic.name(payment.listed()))
                    .put("type", "8")
                    .put("subType", payment.amount().signum() < 0 ? "173" : "174")
                    .put("ccy", "USDT")
                    .put("balChg", payment.amount().toPlainString())
                    .put("posBalChg", "0")
                    .put("pnl", payment.amount().toPlainString())
                    .put("ts", Long.toString(payment.at())));
  }

  void balance(VenueAccount account, ObjectNode json, long now) {
    json.put("uTime", Long.toString(now)).put("totalEq", "0");
    ArrayNode details = json.putArray("details");
    account
        .coins()
        .forEach(
            (coin, amount) -> {
              boolean usdt = coin.equals("USDT");
              BigDecimal frozen =
                  account.locked(coin).add(usdt ? account.margin() : BigDecimal.ZERO);
              details
                  .addObject()
                  .put("ccy", coin)
                  .put("cashBal", amount.toPlainString())
                  .put("eq", amount.toPlainString())
                  .put("availBal", amount.subtract(frozen).toPlainString())
                  .put("availEq", amount.subtract(frozen).toPlainString())
                  .put("frozenBal", frozen.toPlainString())
                  .put("upl", usdt ? gains(account).toPlainString() : "0")
                  .put("uTime", Long.toString(now));
            });
  }

  private BigDecimal gains(VenueAccount account) {
    return account.positions().stream()
        .map(one -> one.gain(book.price(one.listed())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  void position(VenueAccount account, VenuePosition one, ObjectNode json) {
    BigDecimal price = book.price(one.listed());
    BigDecimal size = one.side().isEmpty() ? one.size() : one.size().abs();
    json.put("instType", "SWAP")
        .put("instId", OkxPublic.name(one.listed()))
        .put("mgnMode", "isolated")
        .put("posSide", one.side().isEmpty() ? "net" : one.side().toLowerCase(Locale.ROOT))
        .put("pos", OkxPublic.contracts(one.listed(), size))
        .put("avgPx", one.entry().toPlainString())
        .put("markPx", price.toPlainString())
        .put("upl", one.gain(price).toPlainString())
        .put("lever", Integer.toString(account.leverage(one.listed())))
        .put("liqPx", "");
  }
}
