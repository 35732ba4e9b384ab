package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.rest.BinanceDialect;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where streams are opened. {@code /ws} and {@code /stream} are the spot market's, but for a listen
 * key; {@code /public}, {@code /market} and {@code /private} are those of futures. Event loop only.
 */
public final class SocketRoutes {
  private final Floor floor;
  private final Sockets sockets;

  private SocketRoutes(Floor floor, Sockets sockets) {
    this.floor = floor;
    this.sockets = sockets;
  }

  /** Adds them. */
  public static void add(Routes routes, Floor floor, Sockets sockets) {
    SocketRoutes own = new SocketRoutes(floor, sockets);
    for (String base : new String[] {"", "/public", "/market", "/private"}) {
      Market market = base.isEmpty() ? Market.SPOT : Market.FUTURES;
      own.open(routes, base + "/ws", market);
      own.open(routes, base + "/ws/{}", market);
      own.open(routes, base + "/stream", market);
    }
    SocketApi api = new SocketApi(floor, sockets);
    routes.open(
        HttpMethod.GET,
        "/ws-api/v3",
        BinanceDialect.BINANCE,
        (request, subject) -> upgrade(request, api::open));
  }

  private void open(Routes routes, String path, Market market) {
    routes.open(
        HttpMethod.GET,
        path,
        BinanceDialect.BINANCE,
        (request, subject) -> handle(request, subject, market));
  }

  private void handle(HttpServerRequest request, String subject, Market market) {
    boolean combined = orEmpty(request.path()).endsWith("/stream");
    List<String> streams = new ArrayList<>();
    for (String text :
        List.of(
            subject,
            orEmpty(request.params().get("streams")),
            orEmpty(request.params().get("listenKey")))) {
      for (String stream : text.split("/", -1)) {
        if (!stream.isEmpty()) {
          streams.add(stream);
        }
      }
    }
    if (sockets.refused("") || streams.stream().anyMatch(this::keyRefused)) {
      throw new Problem(503, "", "", "Service Unavailable.");
    }
    upgrade(
        request,
        socket -> {
          boolean listens = streams.stream().anyMatch(this::isKey);
          StreamSession session =
              new StreamSession(
                  socket, listens ? Market.FUTURES : market, combined, floor.clock().realMillis());
          sockets.add(session);
          streams.forEach(stream -> sockets.subscribe(session, stream));
          socket.textMessageHandler(text -> command(session, text));
        });
  }

  private boolean isKey(String stream) {
    return sockets.keys().account(stream, floor.clock().realMillis()).isPresent();
  }

  private boolean keyRefused(String stream) {
    return sockets
        .keys()
        .account(stream, floor.clock().realMillis())
        .filter(sockets::refused)
        .isPresent();
  }

  private static void upgrade(HttpServerRequest request, Consumer<ServerWebSocket> opened) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      throw Problem.invalid("", "This is a WebSocket endpoint (expected: Upgrade: websocket).");
    }
    request
        .toWebSocket()
        .onComplete(
            opened::accept, failed -> Replies.failure(request, BinanceDialect.BINANCE, failed));
  }

  /** {@code SUBSCRIBE}, {@code UNSUBSCRIBE} and {@code LIST_SUBSCRIPTIONS}. */
  private void command(StreamSession session, String text) {
    JsonNode asked;
    try {
      asked = JsonBody.object(text.getBytes(StandardCharsets.UTF_8));
    } catch (Problem problem) {
      session.send(error(2, "Invalid JSON: " + problem.message()));
      return;
    }
    ObjectNode answer = JsonBody.object();
    String method = asked.path("method").isString() ? asked.path("method").stringValue() : "";
    List<String> refused = new ArrayList<>();
    switch (method) {
      case "SUBSCRIBE" ->
          each(
              asked,
              stream -> {
                if (!sockets.subscribe(session, stream)) {
                  refused.add(stream);
                }
              });
      case "UNSUBSCRIBE" -> each(asked, stream -> sockets.unsubscribe(session, stream));
      case "LIST_SUBSCRIPTIONS" -> {
        ArrayNode streams = answer.putArray("result");
        session.streams().forEach(streams::add);
      }
      default -> {
        session.send(error(2, "Invalid request: unknown method"));
        return;
      }
    }
    if (!refused.isEmpty()) {
      session.send(error(2, "Invalid request: no such stream: " + refused.getFirst()));
      return;
    }
    if (!answer.has("result")) {
      answer.putNull("result");
    }
    if (asked.path("id").isValueNode()) {
      answer.set("id", asked.path("id"));
    } else {
      answer.putNull("id");
    }
    session.send(answer);
  }

  private static void each(JsonNode asked, Consumer<String> act) {
    for (JsonNode stream : asked.path("params")) {
      if (stream.isString()) {
        act.accept(stream.stringValue());
      }
    }
  }

  private static ObjectNode error(int code, String message) {
    ObjectNode json = JsonBody.object();
    json.putObject("error").put("code", code).put("msg", message);
    return json;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
