package io.tollgate.trading.exchange;

import io.tollgate.sandbox.ExchangeStandIn;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The sandbox's exchange over the wire, its steering, and ways to it. */
public final class ExchangeSite implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final String url;
  private final AutoCloseable exchange;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
  private final HttpClient steering = HttpClient.newHttpClient();

  /** Somebody's keys there. */
  public record Keys(String apiKey, String secret) {
    public TradingKey open() {
      return TradingKey.of(
          apiKey.toCharArray(), secret.toCharArray(), Optional.of("a phrase".toCharArray()));
    }
  }

  private ExchangeSite(String url, AutoCloseable exchange) {
    this.url = url;
    this.exchange = exchange;
  }

  /** Binance: the large one, with everything. */
  public static ExchangeSite binance(Path folder) {
    SandboxProvider sandbox = SandboxProvider.start(SandboxOptions.local(0, folder));
    return new ExchangeSite(sandbox.url(), sandbox);
  }

  /** A small one. */
  public static ExchangeSite standIn(ExchangeStandIn standIn) {
    return new ExchangeSite(standIn.url(), standIn);
  }

  /** A process of ours that comes from one address. */
  public Exchanges process(String localAddress, ExchangeTimes times) {
    return process(localAddress, times, InstantSource.system());
  }

  /** The same with a clock of its own. */
  public Exchanges process(String localAddress, ExchangeTimes times, InstantSource clock) {
    return new Exchanges(
        vertx,
        ExchangeAddresses.allAt(URI.create(url)),
        times,
        new WayOut(Optional.of(localAddress), Optional.empty()),
        clock);
  }

  /** Where it is. */
  public String url() {
    return url;
  }

  public List<Keys> accounts(int count) {
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

  public JsonNode post(String what, String body) {
    return send("POST", what, body);
  }

  /** What the steering tells of something. */
  public JsonNode told(String what) {
    return send("GET", what, "");
  }

  public void clearFaults() {
    send("DELETE", "faults", "");
  }

  /** What the exchange itself has of the orders whose own ids begin so. */
  public JsonNode witness(String prefix) {
    return send("GET", "orders?prefix=" + prefix, "");
  }

  private JsonNode send(String method, String what, String body) {
    try {
      String answer =
          steering
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/sandbox/exchange/" + what))
                      .timeout(Duration.ofSeconds(30))
                      .method(method, BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return JSON.readTree(answer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    try {
      exchange.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
