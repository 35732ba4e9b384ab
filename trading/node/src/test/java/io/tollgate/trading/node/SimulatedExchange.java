package io.tollgate.trading.node;

import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.trading.exchange.ClientOrderId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's exchange over the wire, its steering, and what it has seen. */
final class SimulatedExchange implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final SandboxProvider sandbox;
  private final HttpClient steering = HttpClient.newHttpClient();

  /** Somebody's keys there. */
  record Keys(String apiKey, String secret) {}

  SimulatedExchange(Path folder) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    JsonNode unused = post("limits", "{\"scale\":1000}");
  }

  String url() {
    return sandbox.url();
  }

  List<Keys> accounts(int count) {
    List<Keys> keys = new ArrayList<>();
    post("accounts", "{\"count\":" + count + ",\"usdt\":100000}")
        .path("accounts")
        .forEach(
            account ->
                keys.add(
                    new Keys(
                        account.path("api_key").asString(),
                        account.path("api_secret").asString())));
    return keys;
  }

  /** What goes wrong with the first call that places this order. */
  void fault(ClientOrderId order, String action) {
    JsonNode unused =
        post(
            "faults",
            "{\"match\":{\"method\":\"POST\",\"client_order_id_prefix\":\""
                + order.text()
                + "\"},\"times\":1,"
                + action
                + "}");
  }

  JsonNode post(String what, String body) {
    return send("POST", what, body);
  }

  void clearFaults() {
    JsonNode unused = send("DELETE", "faults", "");
  }

  /** What the exchange itself has of all orders. */
  JsonNode witness() {
    return send("GET", "orders", "");
  }

  /** How often it has taken an order of this id. */
  long accepted(String clientOrderId) {
    return witness().path("by_client_order_id").path(clientOrderId).path("accepted").asLong(0);
  }

  /** How often an order of this id has come. */
  long received(String clientOrderId) {
    return witness().path("by_client_order_id").path(clientOrderId).path("received").asLong(0);
  }

  private JsonNode send(String method, String what, String body) {
    try {
      return JSON.readTree(
          steering
              .send(
                  HttpRequest.newBuilder(URI.create(url() + "/sandbox/exchange/" + what))
                      .timeout(Duration.ofSeconds(30))
                      .method(method, BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
