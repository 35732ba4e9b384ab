package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.exchange.BodyReader;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.MarketSteering;
import io.tollgate.sandbox.internal.trading.fault.Faults;
import io.tollgate.sandbox.internal.trading.record.Attempt;
import io.tollgate.sandbox.internal.trading.record.Witness;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /sandbox/exchange}: the market moved, faults asked for, and the witness. Event loop. */
final class SteeringEndpoints {
  private static final String PATH = "/sandbox/exchange";
  private static final int MOST_BODY = 4 * 1024 * 1024;
  private static final int MOST_WITNESSED = 200_000;
  private static final int MOST_SCALE = 1_000_000;

  private final Routes routes;
  private final Floor floor;
  private final Faults faults;
  private final RateLimits limits;
  private final ListenKeyStore keys;
  private final FaultyCalls.SocketDropping sockets;

  private SteeringEndpoints(
      Routes routes,
      Floor floor,
      Faults faults,
      RateLimits limits,
      ListenKeyStore keys,
      FaultyCalls.SocketDropping sockets) {
    this.routes = routes;
    this.floor = floor;
    this.faults = faults;
    this.limits = limits;
    this.keys = keys;
    this.sockets = sockets;
  }

  static void add(
      Routes routes,
      Floor floor,
      Faults faults,
      RateLimits limits,
      ListenKeyStore keys,
      FaultyCalls.SocketDropping sockets) {
    SteeringEndpoints own = new SteeringEndpoints(routes, floor, faults, limits, keys, sockets);
    MarketSteering market = new MarketSteering(floor);
    own.post("/price", market::price);
    own.post("/clock", market::clock);
    own.post("/funding", market::funding);
    own.post("/accounts", asked -> own.accounts(market, asked));
    own.post("/faults", own::fault);
    own.post("/limits", own::limits);
    own.post("/listen-keys", own::listenKeys);
    own.open(HttpMethod.DELETE, "/faults", own::clear);
    own.open(HttpMethod.GET, "/clock", own::clock);
    own.open(HttpMethod.GET, "/orders", own::witness);
  }

  private void open(HttpMethod method, String path, Consumer<HttpServerRequest> handler) {
    routes.open(
        method, PATH + path, BinanceDialect.BINANCE, (request, subject) -> handler.accept(request));
  }

  private void post(String path, Function<JsonNode, ? extends JsonNode> act) {
    open(
        HttpMethod.POST,
        path,
        request ->
            BodyReader.read(
                request,
                MOST_BODY,
                body -> {
                  try {
                    JsonNode answer = act.apply(JsonBody.object(body.getBytes()));
                    Replies.json(request, 200, answer.toString());
                  } catch (RuntimeException e) {
                    Replies.failure(request, BinanceDialect.BINANCE, e);
                  }
                },
                () ->
                    Replies.problem(
                        request,
                        BinanceDialect.BINANCE,
                        new Problem(413, "", "", "The body is too large (expected: 4 MiB)."))));
  }

  private JsonNode accounts(MarketSteering market, JsonNode asked) {
    ArrayNode opened = JsonBody.array();
    market
        .accounts(asked)
        .forEach(
            account ->
                opened
                    .addObject()
                    .put("account_id", account.number())
                    .put("api_key", account.apiKey())
                    .put("api_secret", account.apiSecret()));
    ObjectNode json = JsonBody.object();
    json.set("accounts", opened);
    return json;
  }

  private JsonNode fault(JsonNode asked) {
    faults.add(asked).ifPresent(now -> sockets.drop("", now.millis("ms", 0)));
    return JsonBody.object().put("faults", faults.size());
  }

  private JsonNode limits(JsonNode asked) {
    JsonNode scale = asked.path("scale");
    if (!scale.isInt() || scale.intValue() < 1 || scale.intValue() > MOST_SCALE) {
      throw Problem.invalid("scale", "scale: " + scale + " (expected: 1.." + MOST_SCALE + ")");
    }
    limits.scale(scale.intValue());
    return JsonBody.object().put("scale", scale.intValue());
  }

  private JsonNode listenKeys(JsonNode asked) {
    if (asked.path("expire").asBoolean(false)) {
      keys.expireAll();
    }
    ListenKeyStore.Taken told = keys.taken();
    return JsonBody.object().put("taken", told.taken()).put("extended", told.extended());
  }

  private void clear(HttpServerRequest request) {
    faults.clear();
    Replies.json(request, 200, "{\"faults\":0}");
  }

  private void clock(HttpServerRequest request) {
    Replies.json(
        request,
        200,
        JsonBody.object()
            .put("now", floor.now())
            .put("speed", floor.clock().setting().speed())
            .toString());
  }

  private void witness(HttpServerRequest request) {
    Witness witness = floor.witness();
    StringBuilder json =
        new StringBuilder(1024)
            .append("{\"received\":")
            .append(witness.received())
            .append(",\"accepted\":")
            .append(witness.accepted())
            .append(",\"rejected\":")
            .append(witness.rejected())
            .append(",\"by_client_order_id\":{");
    String id = orEmpty(request.params().get("client_order_id"));
    String prefix = orEmpty(request.params().get("prefix"));
    String key = orEmpty(request.params().get("api_key"));
    Iterator<Map.Entry<String, Witness.Witnessed>> entries =
        witness
            .entries()
            .filter(entry -> id.isEmpty() || entry.getKey().equals(id))
            .filter(entry -> entry.getKey().startsWith(prefix))
            .filter(entry -> key.isEmpty() || entry.getValue().last().apiKey().equals(key))
            .iterator();
    int written = 0;
    while (entries.hasNext() && written < MOST_WITNESSED) {
      if (written++ > 0) {
        json.append(',');
      }
      Map.Entry<String, Witness.Witnessed> entry = entries.next();
      JsonText.quote(json, entry.getKey());
      json.append(':').append(entry(entry.getValue()));
    }
    json.append("},\"left_off\":").append(entries.hasNext());
    json.append(",\"unreadable_lines\":").append(floor.unreadableLines()).append('}');
    Replies.json(request, 200, json.toString());
  }

  private ObjectNode entry(Witness.Witnessed witnessed) {
    Attempt last = witnessed.last();
    ObjectNode json = JsonBody.object();
    json.put("received", witnessed.received());
    json.put("accepted", witnessed.accepted());
    json.put("rejected", witnessed.rejected());
    ArrayNode ids = json.putArray("order_ids");
    witnessed.orderIds().forEach(ids::add);
    json.put("symbol", last.symbol());
    json.put("side", last.side());
    WitnessedOrder.of(floor, last).write(json);
    json.put("account", last.apiKey());
    return json;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
