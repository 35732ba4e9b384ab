package io.tollgate.sandbox.internal.gate;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Gate's accounts. */
final class GateAccounts {
  private static final Pattern LEVERAGE =
      Pattern.compile("(dual_comp/)?positions/([A-Z0-9_]{1,40})/leverage");

  private final VenueBook book;

  GateAccounts(VenueBook book) {
    this.book = book;
  }

  JsonNode handle(VenueAccount account, VenueCall call, boolean contract, String rest) {
    String what = call.method() + " " + rest;
    if (!contract) {
      if (what.equals("GET accounts")) {
        return coins(account);
      }
      throw new Refused(Reason.NO_SUCH_CALL, "no such call");
    }
    Matcher leverage = LEVERAGE.matcher(rest);
    if (call.method().equals("POST") && leverage.matches()) {
      return leverage(account, call, leverage);
    }
    return switch (what) {
      case "GET accounts" -> balance(account);
      case "GET positions" -> positions(account);
      case "POST dual_mode" -> dual(account, call);
      case "GET account_book" -> payments(account, call);
      default -> throw new Refused(Reason.NO_SUCH_CALL, "no such call");
    };
  }

  static ObjectNode fees(VenueAccount account) {
    return JsonBody.object()
        .put("user_id", account.number())
        .put("taker_fee", "0.001")
        .put("maker_fee", "0.001")
        .put("futures_taker_fee", "0.0005")
        .put("futures_maker_fee", "0.0002")
        .put("gt_discount", false)
        .put("gt_taker_fee", "0")
        .put("gt_maker_fee", "0")
        .put("loan_fee", "0.18")
        .put("point_type", "0");
  }

  /** Of funding only, newest first: the others nobody asks for here. */
  private static ArrayNode payments(VenueAccount account, VenueCall call) {
    if (!call.parameter("type").orElse("").equals("fund")) {
      throw new Refused(Reason.BAD_PARAMETER, "type");
    }
    ArrayNode list = JsonBody.array();
    account.payments().reversed().stream()
        .filter(payment -> payment.at() / 1000 >= GateTrade.number(call, "from", 0))
        .skip(GateTrade.number(call, "offset", 0))
        .limit(GateTrade.number(call, "limit", 100))
        .forEach(
            payment ->
                list.addObject()
                    .put("time", payment.at() / 1000)
                    .put("change", payment.amount().toPlainString())
                    .put("balance", "0")
                    .put("type", "fund")
                    .put("text", GatePublic.name(payment.listed()) + ":0")
                    .put("contract", GatePublic.name(payment.listed()))
                    .put("trade_id", "0")
                    .put("id", Long.toString(payment.id())));
    return list;
  }

  private static JsonNode coins(VenueAccount account) {
    ArrayNode list = JsonBody.array();
    account
        .coins()
        .forEach(
            (coin, amount) ->
                list.addObject()
                    .put("currency", coin)
                    .put("available", amount.subtract(account.locked(coin)).toPlainString())
                    .put("locked", account.locked(coin).toPlainString()));
    return list;
  }

  private ObjectNode balance(VenueAccount account) {
    BigDecimal total = account.coins().getOrDefault("USDT", BigDecimal.ZERO);
    BigDecimal gains =
        account.positions().stream()
            .map(one -> one.gain(book.price(one.listed())))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return JsonBody.object()
        .put("user", account.number())
        .put("total", total.toPlainString())
        .put("unrealised_pnl", gains.toPlainString())
        .put("position_margin", account.margin().toPlainString())
        .put("order_margin", "0")
        .put("available", total.subtract(account.margin()).toPlainString())
        .put("point", "0")
        .put("currency", "USDT")
        .put("in_dual_mode", account.hedges());
  }

  private ArrayNode positions(VenueAccount account) {
    ArrayNode list = JsonBody.array();
    for (VenuePosition one : account.positions()) {
      BigDecimal price = book.price(one.listed());
      list.addObject()
          .put("contract", GatePublic.name(one.listed()))
          .put("size", GateWriting.contracts(one.listed(), one.size(), true))
          .put("leverage", Integer.toString(account.leverage(one.listed())))
          .put("entry_price", one.entry().toPlainString())
          .put("mark_price", price.toPlainString())
          .put("liq_price", "0")
          .put("unrealised_pnl", one.gain(price).toPlainString())
          .put(
              "mode",
              one.side().isEmpty() ? "single" : "dual_" + one.side().toLowerCase(Locale.ROOT));
    }
    return list;
  }

  private ObjectNode dual(VenueAccount account, VenueCall call) {
    boolean apart = call.parameter("dual_mode").orElse("").equals("true");
    if (account.hedges() == apart) {
      throw new Refused(Reason.NO_CHANGE, "no change");
    }
    if (!account.positions().isEmpty()) {
      throw new Refused(Reason.BAD_PARAMETER, "there are positions");
    }
    account.hedges(apart);
    return balance(account);
  }

  private JsonNode leverage(VenueAccount account, VenueCall call, Matcher path) {
    Listed one = GatePublic.listed(book, path.group(2), true);
    boolean apart = path.group(1) != null;
    if (apart != account.hedges()) {
      throw new Refused(Reason.BAD_PARAMETER, "the account is in another mode");
    }
    String text = call.parameter("leverage").orElse("");
    int times =
        Numbers.positive(
                text.equals("0")
                    ? call.parameter("cross_leverage_limit")
                    : call.parameter("leverage"),
                "leverage")
            .intValue();
    if (times < 1 || times > 100) {
      throw new Refused(Reason.BAD_PARAMETER, "leverage");
    }
    account.leverage(one, times);
    ObjectNode position =
        JsonBody.object()
            .put("contract", GatePublic.name(one))
            .put("leverage", Integer.toString(times));
    return apart ? JsonBody.array().add(position) : position;
  }
}
