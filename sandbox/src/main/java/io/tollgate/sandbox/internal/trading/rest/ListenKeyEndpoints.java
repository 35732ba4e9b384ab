package io.tollgate.sandbox.internal.trading.rest;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.market.Market;
import tools.jackson.databind.JsonNode;

/** {@code /fapi/v1/listenKey}: by which an account's stream is opened. Event loop only. */
final class ListenKeyEndpoints {
  private final Floor floor;
  private final ListenKeyStore keys;

  private ListenKeyEndpoints(Floor floor, ListenKeyStore keys) {
    this.floor = floor;
    this.keys = keys;
  }

  static void add(ExchangeRoutes routes, ListenKeyStore keys) {
    ListenKeyEndpoints own = new ListenKeyEndpoints(routes.floor(), keys);
    String path = "/fapi/v1/listenKey";
    routes.at(POST, path, Market.FUTURES, Security.KEY, 1, own::take);
    routes.at(PUT, path, Market.FUTURES, Security.KEY, 1, own::extend);
    routes.at(DELETE, path, Market.FUTURES, Security.KEY, 1, own::remove);
  }

  private long real() {
    return floor.clock().realMillis();
  }

  private JsonNode take(Call call) {
    return JsonBody.object().put("listenKey", keys.take(call.apiKey(), real()));
  }

  private JsonNode extend(Call call) {
    return JsonBody.object()
        .put(
            "listenKey",
            keys.extend(call.apiKey(), real())
                .orElseThrow(() -> new Refusal(-1125, "This listenKey does not exist.")));
  }

  private JsonNode remove(Call call) {
    var unused = keys.remove(call.apiKey());
    return JsonBody.object();
  }
}
