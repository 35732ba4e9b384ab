package io.tollgate.sandbox.internal.trading.rest;

import io.tollgate.sandbox.internal.exchange.BodyReader;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.fault.Fault;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a request to its endpoint: body, faults, limits, key and signature. Event loop only. */
public final class ExchangeRoutes {
  private static final int MOST_BODY = 64 * 1024;
  private static final int MOST_KEY = 128;

  private final Routes routes;
  private final Floor floor;
  private final RateLimits limits;
  private final OrderPlacing placing;
  private final FaultyCalls faulty;

  ExchangeRoutes(
      Routes routes, Floor floor, RateLimits limits, OrderPlacing placing, FaultyCalls faulty) {
    this.routes = routes;
    this.floor = floor;
    this.limits = limits;
    this.placing = placing;
    this.faulty = faulty;
  }

  /** An endpoint that answers at once. */
  void at(
      HttpMethod method,
      String path,
      Market market,
      Security security,
      int weight,
      Endpoint endpoint) {
    open(
        method,
        path,
        call -> {
          admit(call, market, security, weight);
          return Future.succeededFuture(Answer.of(endpoint.answer(call)));
        });
  }

  /** An endpoint that takes its time: it is asked on a worker, and must know no state. */
  void slow(String path, Market market, int weight, SlowEndpoint endpoint) {
    open(
        HttpMethod.GET,
        path,
        call -> {
          admit(call, market, Security.NONE, weight);
          long now = floor.now();
          return routes
              .site()
              .vertx()
              .executeBlocking(() -> Answer.of(endpoint.answer(call.params(), now)), false)
              .map(Objects::requireNonNull);
        });
  }

  private void open(HttpMethod method, String path, FaultyCalls.Run run) {
    routes.open(
        method,
        path,
        BinanceDialect.BINANCE,
        (request, subject) ->
            BodyReader.read(
                request,
                MOST_BODY,
                body -> take(request, body.toString(StandardCharsets.UTF_8), run),
                () -> refuse(request, "", new Refusal(413, -1100, "The body is too large."))));
  }

  private void take(HttpServerRequest request, String body, FaultyCalls.Run run) {
    Call call;
    try {
      call = call(request, body);
    } catch (Refusal refused) {
      refuse(request, body, refused);
      return;
    }
    faulty.run(request, call, run);
  }

  /** Refuses what cannot be read as a call; one that would place an order is a try like others. */
  private void refuse(HttpServerRequest request, String body, Refusal refused) {
    placing.rejected(
        call(request, body, Params.asFarAsReadable(orEmpty(request.query()), body)),
        refused.code());
    FaultyCalls.send(request, Answer.of(refused));
  }

  private static Call call(HttpServerRequest request, String body) {
    for (String once : List.of("X-MBX-APIKEY", Fault.HEADER)) {
      if (request.headers().getAll(once).size() > 1) {
        throw new Refusal(-1101, "Too many headers: " + once + " (expected: one).");
      }
    }
    return call(request, body, Params.of(orEmpty(request.query()), body));
  }

  private static Call call(HttpServerRequest request, String body, Params params) {
    String query = orEmpty(request.query());
    String key = orEmpty(request.getHeader("X-MBX-APIKEY"));
    return new Call(
        request.method().name(),
        orEmpty(request.path()),
        query,
        body,
        key.substring(0, Math.min(key.length(), MOST_KEY)),
        orEmpty(request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress()),
        params);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private void admit(Call call, Market market, Security security, int weight) {
    long real = floor.clock().realMillis();
    limits.request(call, market, weight, real);
    if (security == Security.NONE) {
      return;
    }
    if (!call.apiKey().matches("[A-Za-z0-9_-]{10,64}")) {
      throw new Refusal(401, -2014, "API-key format invalid.");
    }
    TradingAccount account =
        floor
            .account(call.apiKey())
            .orElseThrow(
                () -> new Refusal(401, -2015, "Invalid API-key, IP, or permissions for action."));
    if (security == Security.SIGNED) {
      Signatures.demand(
          account,
          call.params(),
          Signatures.signed(call.query(), call.body()),
          real + call.twists().skewMillis());
    }
    call.account(account);
    floor.settle(account);
  }

  Floor floor() {
    return floor;
  }

  OrderPlacing placing() {
    return placing;
  }
}
