package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.fault.Faults;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import io.tollgate.sandbox.internal.trading.record.Witness;
import io.vertx.core.http.HttpServerRequest;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /sandbox/exchange}: the price moved, faults asked for, and the witness. Event loop. */
final class VenueSteering {
  static final String PATH = "/sandbox/exchange/";
  private static final int MOST_OPENED = 10_000;
  private static final BigDecimal TEN_K = BigDecimal.valueOf(10_000);

  private final VenueBook book;
  private final Faults faults;
  private final Witness witness;
  private final VenueSockets sockets;
  private final InstantSource clock;

  VenueSteering(
      VenueBook book, Faults faults, Witness witness, VenueSockets sockets, InstantSource clock) {
    this.book = book;
    this.faults = faults;
    this.witness = witness;
    this.sockets = sockets;
    this.clock = clock;
  }

  VenueReply handle(HttpServerRequest request, String path, JsonNode asked) {
    String what = request.method().name() + " " + path.substring(PATH.length());
    return new VenueReply(
        200,
        switch (what) {
          case "POST accounts" -> accounts(asked);
          case "POST price" -> price(asked);
          case "POST funding" -> funding(asked);
          case "POST faults" -> {
            faults.add(asked).ifPresent(now -> sockets.drop("", now.millis("ms", 0)));
            yield JsonBody.object().put("faults", faults.size());
          }
          case "DELETE faults" -> {
            faults.clear();
            yield JsonBody.object().put("faults", 0);
          }
          case "GET sockets" -> sockets.told();
          case "POST sockets" -> {
            sockets.mute(asked.path("mute_ms").asLong(0));
            yield sockets.told();
          }
          case "GET orders" -> orders(Optional.ofNullable(request.getParam("prefix")).orElse(""));
          default ->
              throw Problem.invalid(
                  "", what + " (expected: accounts, price, funding, faults, sockets, orders)");
        });
  }

  private JsonNode accounts(JsonNode asked) {
    int count = asked.path("count").asInt(1);
    if (count < 1 || count > MOST_OPENED) {
      throw Problem.invalid("count", "count: " + count + " (expected: 1.." + MOST_OPENED + ")");
    }
    BigDecimal usdt = asked.path("usdt").isNumber() ? asked.path("usdt").decimalValue() : TEN_K;
    ObjectNode json = JsonBody.object();
    var opened = json.putArray("accounts");
    for (int i = 0; i < count; i++) {
      VenueAccount account = book.open(usdt);
      opened.addObject().put("api_key", account.apiKey()).put("api_secret", account.secret());
    }
    return json;
  }

  private JsonNode price(JsonNode asked) {
    JsonNode price = asked.path("price");
    String base = base(asked);
    if (!price.isNumber() || price.decimalValue().signum() <= 0 || base.isEmpty()) {
      throw Problem.invalid("price", "price: " + price + " (expected: symbol and a price > 0)");
    }
    book.price(base, price.decimalValue(), clock.millis());
    return JsonBody.object().put("symbol", base).put("price", price.decimalValue());
  }

  private JsonNode funding(JsonNode asked) {
    JsonNode rate = asked.path("rate");
    String base = base(asked);
    if (!rate.isNumber() || rate.decimalValue().abs().compareTo(BigDecimal.ONE) > 0) {
      throw Problem.invalid("rate", "rate: " + rate + " (expected: -1..1)");
    }
    book.fund(base, rate.decimalValue(), clock.millis());
    return JsonBody.object().put("symbol", base).put("rate", rate.decimalValue());
  }

  private static String base(JsonNode asked) {
    return asked.path("symbol").asString("").replaceFirst("[/_-]?USDT.*", "");
  }

  private JsonNode orders(String prefix) {
    ObjectNode json = JsonBody.object();
    json.put("received", witness.received());
    json.put("accepted", witness.accepted());
    json.put("rejected", witness.rejected());
    ObjectNode entries = json.putObject("by_client_order_id");
    witness
        .entries()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .forEach(
            entry -> {
              Witness.Witnessed seen = entry.getValue();
              Attempt last = seen.last();
              ObjectNode one = entries.putObject(entry.getKey());
              one.put("received", seen.received());
              one.put("accepted", seen.accepted());
              one.put("rejected", seen.rejected());
              seen.orderIds().forEach(one.putArray("order_ids")::add);
              one.put("symbol", last.symbol());
              one.put("account", last.apiKey());
              book.account(last.apiKey())
                  .flatMap(account -> book.byOwnId(account, entry.getKey(), Long.MAX_VALUE))
                  .ifPresent(
                      order ->
                          one.put("filled_qty", order.filled().toPlainString())
                              .put("status", order.state().name()));
            });
    return json;
  }
}
