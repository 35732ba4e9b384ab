package io.tollgate.sandbox.internal.okx;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.venue.Listed;
import io.tollgate.sandbox.internal.venue.Refused;
import io.tollgate.sandbox.internal.venue.Refused.Reason;
import io.tollgate.sandbox.internal.venue.VenueBook;
import io.tollgate.sandbox.internal.venue.VenueCall;
import java.math.BigDecimal;
import tools.jackson.databind.node.ArrayNode;

/** What anybody may ask OKX. */
final class OkxPublic {
  private static final long EIGHT_HOURS = 28_800_000;

  private final VenueBook book;

  OkxPublic(VenueBook book) {
    this.book = book;
  }

  ArrayNode handle(VenueCall call) {
    return switch (call.path()) {
      case "/api/v5/public/time" -> {
        ArrayNode data = JsonBody.array();
        data.addObject().put("ts", Long.toString(call.now()));
        yield data;
      }
      case "/api/v5/public/instruments" -> instruments(call);
      case "/api/v5/public/funding-rate" -> funding(call);
      case "/api/v5/public/position-tiers" -> tiers(call);
      case "/api/v5/market/ticker" -> ticker(call);
      case "/api/v5/market/candles" -> candles(call);
      default -> throw new Refused(Reason.NO_SUCH_CALL, "no such call");
    };
  }

  private ArrayNode instruments(VenueCall call) {
    ArrayNode data = JsonBody.array();
    String type = call.parameter("instType").orElse("");
    for (Listed one : book.listed()) {
      if (one.contract() != type.equals("SWAP") || !(one.contract() || type.equals("SPOT"))) {
        continue;
      }
      data.addObject()
          .put("instType", type)
          .put("instId", name(one))
          .put("uly", one.contract() ? one.base() + "-USDT" : "")
          .put("instFamily", one.contract() ? one.base() + "-USDT" : "")
          .put("baseCcy", one.contract() ? "" : one.base())
          .put("quoteCcy", one.contract() ? "" : "USDT")
          .put("settleCcy", one.contract() ? "USDT" : "")
          .put("ctVal", one.contract() ? one.contractSize().toPlainString() : "")
          .put("ctMult", one.contract() ? "1" : "")
          .put("ctValCcy", one.contract() ? one.base() : "")
          .put("ctType", one.contract() ? "linear" : "")
          .put("lever", one.contract() ? "100" : "")
          .put("tickSz", one.tick().toPlainString())
          .put("lotSz", contracts(one, one.step()))
          .put("minSz", contracts(one, one.least()))
          .put("maxLmtSz", "100000000")
          .put("maxMktSz", "1000000")
          .put("state", "live")
          .put("alias", "")
          .put("stk", "")
          .put("optType", "")
          .put("listTime", "1500000000000")
          .put("expTime", "");
    }
    return data;
  }

  private ArrayNode funding(VenueCall call) {
    Listed one = listed(book, call.parameter("instId").orElse(""));
    ArrayNode data = JsonBody.array();
    data.addObject()
        .put("instType", "SWAP")
        .put("instId", name(one))
        .put("fundingRate", "0.0001")
        .put("fundingTime", Long.toString((call.now() / EIGHT_HOURS + 1) * EIGHT_HOURS))
        .put("nextFundingTime", Long.toString((call.now() / EIGHT_HOURS + 2) * EIGHT_HOURS));
    return data;
  }

  /** Two of them, in contracts. */
  private ArrayNode tiers(VenueCall call) {
    String family = call.parameter("instFamily").orElse("");
    Listed one = listed(book, family + "-SWAP");
    ArrayNode data = JsonBody.array();
    data.addObject()
        .put("instFamily", family)
        .put("uly", family)
        .put("tier", "1")
        .put("minSz", "0")
        .put("maxSz", "1000")
        .put("mmr", "0.004")
        .put("imr", "0.01")
        .put("maxLever", "100");
    data.addObject()
        .put("instFamily", family)
        .put("uly", one.base() + "-USDT")
        .put("tier", "2")
        .put("minSz", "1001")
        .put("maxSz", "5000")
        .put("mmr", "0.01")
        .put("imr", "0.02")
        .put("maxLever", "50");
    return data;
  }

  private ArrayNode ticker(VenueCall call) {
    Listed one = listed(book, call.parameter("instId").orElse(""));
    BigDecimal price = book.price(one);
    ArrayNode data = JsonBody.array();
    data.addObject()
        .put("instType", one.contract() ? "SWAP" : "SPOT")
        .put("instId", name(one))
        .put("last", price.toPlainString())
        .put("bidPx", price.toPlainString())
        .put("askPx", price.add(one.tick()).toPlainString())
        .put("open24h", price.toPlainString())
        .put("high24h", price.toPlainString())
        .put("low24h", price.toPlainString())
        .put("vol24h", "1000")
        .put("volCcy24h", "1000")
        .put("ts", Long.toString(call.now()));
    return data;
  }

  /** A price that stood still, in bars of a minute, newest first. */
  private ArrayNode candles(VenueCall call) {
    Listed one = listed(book, call.parameter("instId").orElse(""));
    String price = book.price(one).toPlainString();
    long newest = number(call, "after", call.now() + 1) - 1;
    long oldest = number(call, "before", newest - 100 * 60_000L);
    ArrayNode data = JsonBody.array();
    for (long at = newest / 60_000 * 60_000; at > oldest && data.size() < 300; at -= 60_000) {
      ArrayNode row = data.addArray();
      row.add(Long.toString(at)).add(price).add(price).add(price).add(price);
      row.add("10").add("10").add("10").add(at + 60_000 <= call.now() ? "1" : "0");
    }
    return data;
  }

  private static long number(VenueCall call, String name, long otherwise) {
    return call.parameter(name)
        .filter(text -> text.matches("\\d{1,15}"))
        .map(Long::parseLong)
        .orElse(otherwise);
  }

  static String name(Listed one) {
    return one.base() + "-USDT" + (one.contract() ? "-SWAP" : "");
  }

  static String contracts(Listed one, BigDecimal quantity) {
    return quantity.divide(one.contractSize()).stripTrailingZeros().toPlainString();
  }

  static Listed listed(VenueBook book, String name) {
    return book.listed().stream()
        .filter(one -> name(one).equals(name))
        .findFirst()
        .orElseThrow(() -> new Refused(Reason.NO_SYMBOL, "Instrument ID does not exist"));
  }
}
