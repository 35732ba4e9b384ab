package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.json.JsonBody;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.book.Refusal;
import io.tollgate.sandbox.internal.trading.book.TradingAccount;
import io.tollgate.sandbox.internal.trading.market.Market;
import io.tollgate.sandbox.internal.trading.rest.Params;
import io.tollgate.sandbox.internal.trading.rest.Signatures;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /ws-api/v3}: questions over a WebSocket, of which the one that matters opens the spot
 * account's stream. Signed over the parameters in alphabetical order. Event loop only.
 */
final class SocketApi {
  private final Floor floor;
  private final Sockets sockets;

  SocketApi(Floor floor, Sockets sockets) {
    this.floor = floor;
    this.sockets = sockets;
  }

  void open(ServerWebSocket socket) {
    StreamSession session =
        new StreamSession(socket, Market.SPOT, false, floor.clock().realMillis());
    sockets.add(session);
    socket.textMessageHandler(text -> session.send(answer(session, text)));
  }

  private ObjectNode answer(StreamSession session, String text) {
    ObjectNode answer = JsonBody.object();
    answer.putNull("id");
    try {
      JsonNode asked = JsonBody.object(text.getBytes(StandardCharsets.UTF_8));
      if (asked.path("id").isValueNode()) {
        answer.set("id", asked.path("id"));
      }
      JsonNode result = act(session, asked);
      answer.put("status", 200);
      answer.set("result", result);
    } catch (Refusal refused) {
      failed(answer, refused.status(), refused.code(), refused.message());
    } catch (Problem problem) {
      failed(answer, 400, -1135, problem.message());
    }
    return answer;
  }

  private static void failed(ObjectNode answer, int status, int code, String message) {
    answer.put("status", status);
    answer.putObject("error").put("code", code).put("msg", message);
  }

  private JsonNode act(StreamSession session, JsonNode asked) {
    String method = asked.path("method").isString() ? asked.path("method").stringValue() : "";
    return switch (method) {
      case "ping" -> JsonBody.object();
      case "time" -> JsonBody.object().put("serverTime", floor.clock().realMillis());
      case "userDataStream.subscribe.signature" -> subscribe(session, asked.path("params"));
      case "userDataStream.unsubscribe" -> {
        session.accounts().clear();
        yield JsonBody.object();
      }
      default -> throw new Refusal(-1104, "Method '" + method + "' is not known.");
    };
  }

  private JsonNode subscribe(StreamSession session, JsonNode given) {
    Map<String, String> values = new TreeMap<>();
    given
        .propertyStream()
        .filter(one -> one.getValue().isValueNode())
        .forEach(one -> values.put(one.getKey(), one.getValue().asString()));
    Params params = Params.of(values);
    TradingAccount account =
        floor
            .account(params.demand("apiKey"))
            .orElseThrow(
                () -> new Refusal(401, -2015, "Invalid API-key, IP, or permissions for action."));
    String signed =
        values.entrySet().stream()
            .filter(one -> !one.getKey().equals("signature"))
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("&"));
    Signatures.demand(account, params, signed, floor.clock().realMillis());
    if (sockets.refused(account.apiKey())) {
      throw new Refusal(503, -1000, "Service Unavailable.");
    }
    session.accounts().add(account.apiKey());
    return JsonBody.object().put("subscriptionId", 0);
  }
}
