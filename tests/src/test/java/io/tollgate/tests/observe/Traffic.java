package io.tollgate.tests.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A little of everything that an installation is asked, while somebody follows the numbers. */
final class Traffic implements AutoCloseable {
  private static final String USER = "observed";

  private final Installation installation;
  private final Client client;
  private final HttpClient follower = HttpClient.newHttpClient();
  private final AtomicInteger told = new AtomicInteger();

  Traffic(Installation installation) {
    this.installation = installation;
    client = new Client(installation);
    // known from their first request on
    assertThat(client.snapshot(USER).isObject()).isTrue();
    follow(installation.demo().user(1).userId());
    follow(USER);
    await().until(() -> told.get() >= 2);
  }

  private void follow(String user) {
    var unused =
        follower
            .sendAsync(
                HttpRequest.newBuilder(client.url("/api/v1/billing/sync/" + user + "/stream"))
                    .header("Authorization", "Bearer " + installation.demo().serviceToken())
                    .build(),
                BodyHandlers.ofLines())
            .thenAcceptAsync(
                answer ->
                    answer
                        .body()
                        .filter(line -> line.startsWith("data: "))
                        .forEach(line -> told.incrementAndGet()),
                Thread::startVirtualThread);
  }

  /** Requests of every kind, until the follower has heard of them. */
  void once() {
    int before = told.get();
    String key = installation.demo().user(1).apiKey();
    assertThat(client.postChat(key, Client.chat("gpt-4o-mini", 20, true, "Hello")).statusCode())
        .isEqualTo(200);
    assertThat(client.postChat(key, Client.chat("gpt-4o-mini", 20, false, "Hello")).statusCode())
        .isEqualTo(200);
    assertThat(client.postChat("sk-unknown", Client.chat("gpt-4o-mini", 20, false, "Hello")))
        .extracting(answer -> answer.statusCode())
        .isEqualTo(401);
    JsonNode _ = internal("check", Map.of("user_id", USER, "service_name", "asset", "count", 1));
    JsonNode _ =
        internal(
            "deduct",
            Map.of(
                "user_id",
                USER,
                "service_name",
                "asset",
                "count",
                1,
                "request_id",
                UUID.randomUUID().toString()));
    recharge();
    await().until(() -> told.get() > before);
  }

  private void recharge() {
    JsonNode made =
        post(
            client.url("/api/v1/billing/recharge"),
            Map.of("user_id", USER, "amount", "10", "payment_method", "sandbox"),
            "Authorization",
            "Bearer " + installation.demo().serviceToken());
    URI page = URI.create(made.required("payment_url").asString());
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(page + "/pay"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .statusCode())
        .isEqualTo(200);
  }

  private JsonNode internal(String path, Map<String, ?> body) {
    return post(
        installation.demo().privateUrl().resolve("/internal/v1/billing/" + path),
        body,
        "X-Service-Token",
        installation.demo().serviceToken());
  }

  private JsonNode post(URI url, Map<String, ?> body, String... headers) {
    return Client.json(
        client.send(
            HttpRequest.newBuilder(url)
                .headers(headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build()));
  }

  @Override
  public void close() {
    follower.shutdownNow();
  }
}
