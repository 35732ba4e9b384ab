package io.tollgate.trading.node;

import io.tollgate.trading.node.SimulatedExchange.Keys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The centre, as a node sees it. */
final class NodeCaller {
  static final String SECRET = "a secret that both of them know";
  private static final JsonMapper JSON = new JsonMapper();

  private final String url;
  private final HttpClient client;

  NodeCaller(int port) {
    this("http://127.0.0.1:" + port, HttpClient.newHttpClient());
  }

  NodeCaller(String url, HttpClient client) {
    this.url = url;
    this.client = client;
  }

  /** A task for an account of the simulator. */
  static ObjectNode task(String id, long account, Keys keys) {
    ObjectNode task = JSON.createObjectNode();
    if (!id.isEmpty()) {
      task.put("task_id", id);
    }
    return task.put("account_id", account)
        .put("tenant_id", 1)
        .put("user_id", 7)
        .put("exchange", "binance")
        .put("api_key", keys.apiKey())
        .put("api_secret", keys.secret())
        .put("market_type", "future");
  }

  /** A signal to open a position in bitcoin. */
  static ObjectNode signal(String id, String side) {
    return JSON.createObjectNode()
        .put("signal_id", id)
        .put("symbol", "BTCUSDT")
        .put("canonical_symbol", "BTC/USDT")
        .put("side", side)
        .put("signal_type", "OPEN")
        .put("entry_price", 50_000);
  }

  /** A request for these tasks. */
  static ObjectNode request(ObjectNode... tasks) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode list = request.putArray("tasks");
    for (ObjectNode task : tasks) {
      list.add(task);
    }
    return request;
  }

  JsonNode execute(ObjectNode signal, ObjectNode... tasks) {
    ObjectNode request = request(tasks);
    request.set("signal", signal);
    request.put("amount_usdt", 500);
    return answer("execute", request);
  }

  /** The answer of a call that is let in. */
  JsonNode answer(String call, JsonNode body) {
    HttpResponse<String> response = post(call, body.toString(), SECRET);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  HttpResponse<String> post(String call, String body, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/api/" + call))
            .timeout(Duration.ofSeconds(120))
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("X-Center-Token", token);
    }
    return send(request.build());
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new NodeGone(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Nobody answered. */
  static final class NodeGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeGone(IOException cause) {
      super(cause);
    }
  }
}
