package io.tollgate.sandbox.internal.gate;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What anybody may ask Gate. */
final class GatePublic {
  private static final long EIGHT_HOURS = 28_800;
  private static final String SPOT = "/api/v4/spot/";
  private static final String FUTURES = "/api/v4/futures/usdt/";

  private final VenueBook book;

  GatePublic(VenueBook book) {
    this.book = book;
  }

  /** Empty when it is no call that anybody may make. */
  Optional<JsonNode> handle(VenueCall call) {
    if (!call.method().equals("GET")) {
      return Optional.empty();
    }
    if (call.path().startsWith(FUTURES + "contracts/")) {
      String name = call.path().substring(FUTURES.length() + "contracts/".length());
      return Optional.of(contract(listed(book, name, true), call.now()));
    }
    return switch (call.path()) {
      case SPOT + "time" -> Optional.of(JsonBody.object().put("server_time", call.now()));
      case SPOT + "currency_pairs" -> Optional.of(pairs());
      // asked for by clients that want to know of every market
      case "/api/v4/margin/currency_pairs", "/api/v4/futures/btc/contracts" ->
          Optional.of(JsonBody.array());
      case FUTURES + "risk_limit_tiers" -> Optional.of(tiers(call));
      case FUTURES + "contracts" -> Optional.of(contracts(call.now()));
      case SPOT + "tickers" -> Optional.of(ticker(call, "currency_pair", false));
      case FUTURES + "tickers" -> Optional.of(ticker(call, "contract", true));
      case SPOT + "candlesticks" -> Optional.of(candles(call, "currency_pair", false));
      case FUTURES + "candlesticks" -> Optional.of(candles(call, "contract", true));
      default -> Optional.empty();
    };
  }

  private ArrayNode pairs() {
    ArrayNode list = JsonBody.array();
    for (Listed one : book.listed()) {
      if (!one.contract()) {
        list.addObject()
            .put("id", name(one))
            .put("base", one.base())
            .put("quote", "USDT")
            .put("fee", "0.1")
            .put("min_base_amount", one.least().toPlainString())
            .put("min_quote_amount", "1")
            .put("amount_precision", one.step().scale())
            .put("precision", one.tick().scale())
            .put("trade_status", "tradable")
            .put("sell_start", 0)
            .put("buy_start", 0);
      }
    }
    return list;
  }

  private ArrayNode contracts(long now) {
    ArrayNode list = JsonBody.array();
    book.listed().stream().filter(Listed::contract).forEach(one -> list.add(contract(one, now)));
    return list;
  }

  private ObjectNode contract(Listed one, long now) {
    String price = book.price(one).toPlainString();
    return JsonBody.object()
        .put("name", name(one))
        .put("type", "direct")
        .put("quanto_multiplier", one.contractSize().toPlainString())
        .put("order_price_round", one.tick().toPlainString())
        .put("mark_price_round", one.tick().toPlainString())
        .put("order_size_min", 1)
        .put("order_size_max", 1_000_000)
        .put("leverage_min", "1")
        .put("leverage_max", "100")
        .put("maintenance_rate", "0.004")
        .put("taker_fee_rate", "0.0005")
        .put("maker_fee_rate", "0.0002")
        .put("last_price", price)
        .put("mark_price", price)
        .put("index_price", price)
        .put("funding_rate", "0.0001")
        .put("funding_interval", EIGHT_HOURS)
        .put("funding_next_apply", (now / 1000 / EIGHT_HOURS + 1) * EIGHT_HOURS)
        .put("in_delisting", false)
        .put("enable_credit", true)
        .put("create_time", 1_500_000_000);
  }

  /** Two of them, by value. */
  private ArrayNode tiers(VenueCall call) {
    Listed one = listed(book, call.parameter("contract").orElse(""), true);
    ArrayNode list = JsonBody.array();
    list.addObject()
        .put("contract", name(one))
        .put("tier", 1)
        .put("risk_limit", "1000000")
        .put("initial_rate", "0.01")
        .put("maintenance_rate", "0.004")
        .put("leverage_max", "100");
    list.addObject()
        .put("contract", name(one))
        .put("tier", 2)
        .put("risk_limit", "5000000")
        .put("initial_rate", "0.02")
        .put("maintenance_rate", "0.01")
        .put("leverage_max", "50");
    return list;
  }

  private ArrayNode ticker(VenueCall call, String parameter, boolean contract) {
    Listed one = listed(book, call.parameter(parameter).orElse(""), contract);
    BigDecimal price = book.price(one);
    ArrayNode list = JsonBody.array();
    list.addObject()
        .put(parameter, name(one))
        .put("last", price.toPlainString())
        .put("highest_bid", price.toPlainString())
        .put("lowest_ask", price.add(one.tick()).toPlainString())
        .put("change_percentage", "0")
        .put("high_24h", price.toPlainString())
        .put("low_24h", price.toPlainString())
        .put("base_volume", "1000")
        .put("quote_volume", "1000")
        .put("volume_24h_base", "1000");
    return list;
  }

  /** A price that stood still, in bars of a minute, oldest first. */
  private ArrayNode candles(VenueCall call, String parameter, boolean contract) {
    Listed one = listed(book, call.parameter(parameter).orElse(""), contract);
    String price = book.price(one).toPlainString();
    long now = call.now() / 1000;
    long to = seconds(call, "to", now);
    long from = Math.max(seconds(call, "from", to - 6000), to - 60_000);
    ArrayNode list = JsonBody.array();
    for (long at = Math.ceilDiv(from, 60) * 60; at <= to; at += 60) {
      if (contract) {
        list.addObject()
            .put("t", at)
            .put("o", price)
            .put("h", price)
            .put("l", price)
            .put("c", price)
            .put("v", 100_000)
            .put("sum", "1000");
      } else {
        ArrayNode row = list.addArray().add(Long.toString(at)).add("1000");
        row.add(price).add(price).add(price).add(price).add("10");
        row.add(Boolean.toString(at + 60 <= now));
      }
    }
    return list;
  }

  private static long seconds(VenueCall call, String name, long otherwise) {
    return call.parameter(name)
        .filter(text -> text.matches("\\d{1,12}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }

  static String name(Listed one) {
    return one.base() + "_USDT";
  }

  static Listed listed(VenueBook book, String name, boolean contract) {
    return book.listed(name.replace("_USDT", ""), contract)
        .filter(one -> name(one).equals(name))
        .orElseThrow(() -> new Refused(Reason.NO_SYMBOL, "no such market"));
  }
}
