package io.tollgate.tests.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every request that reached the relay is found in its log, once, whatever became of it. */
@Tag("slow")
class LoggedRequestsTest {
  private static final String HELLO = Client.chat("gpt-4o-mini", 20, false, "Hello, gate.");

  private static Installation installation;
  private static Client client;
  private static String key;

  @BeforeAll
  static void start() {
    installation = Installation.start("--relay-accounts-reload-ms=100");
    client = new Client(installation);
    key = installation.demo().user(1).apiKey();
  }

  @AfterAll
  static void stop() {
    installation.close();
  }

  @Test
  void one_that_was_served_tells_what_it_cost() {
    HttpResponse<String> answer = client.postChat(key, HELLO, "X-Client-Request-Id", "served-1");
    JsonNode row = logged(id(answer));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(row.required("status").intValue()).isEqualTo(200);
    assertThat(row.required("model").asString()).isEqualTo("gpt-4o-mini");
    assertThat(row.required("client_request_id").asString()).isEqualTo("served-1");
    assertThat(row.required("cost").decimalValue())
        .isEqualByComparingTo(
            new BigDecimal(answer.headers().firstValue("X-Tollgate-Cost").orElseThrow()));
    assertThat(row.required("attempts").size()).isEqualTo(1);
    assertThat(row.required("attempts").required(0).required("outcome").asString())
        .isEqualTo("answered");
    JsonNode usage = Client.json(answer).required("usage");
    assertThat(row.required("output_tokens").longValue())
        .isEqualTo(usage.required("completion_tokens").longValue());
    assertThat(found("client_request_id=served-1")).hasSize(1);
  }

  @Test
  void one_that_failed_over_translated_and_streamed_shows_every_attempt() {
    JsonNode made =
        post(
            "/api/provider-accounts",
            Map.of(
                "provider",
                "sandbox",
                "name",
                "nobody-listens",
                "base_url",
                "http://127.0.0.1:1/v1",
                "keys",
                List.of("sk-nobody"),
                "models",
                List.of("gpt-4o-mini"),
                "priority",
                -5));
    String account = made.required("data").required("id").asString();
    try {
      String body =
          """
          {"model":"gpt-4o-mini","max_tokens":20,"stream":true,
           "messages":[{"role":"user","content":"Hello, gate %d."}]}""";
      // not of a conversation that another account has served
      AtomicInteger asked = new AtomicInteger();
      JsonNode row =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () ->
                      logged(
                          id(
                              client.send(
                                  HttpRequest.newBuilder(client.url("/v1/messages"))
                                      .header("x-api-key", key)
                                      .header("anthropic-version", "2023-06-01")
                                      .header("Content-Type", "application/json")
                                      .POST(
                                          HttpRequest.BodyPublishers.ofString(
                                              body.formatted(asked.incrementAndGet())))
                                      .build()))),
                  each -> each.required("attempts").size() == 2);
      assertThat(row.required("route").asString()).isEqualTo("/v1/messages");
      assertThat(row.required("stream").booleanValue()).isTrue();
      assertThat(row.required("status").intValue()).isEqualTo(200);
      assertThat(row.required("attempts").required(0).required("account_id").asString())
          .isEqualTo(account);
      assertThat(row.required("attempts").required(0).required("outcome").asString())
          .isEqualTo("unreachable");
      assertThat(row.required("attempts").required(1).required("outcome").asString())
          .isEqualTo("answered");
      assertThat(row.required("first_token_ms").longValue()).isNotNegative();
    } finally {
      var _ =
          client.send(
              HttpRequest.newBuilder(client.url("/api/provider-accounts/" + account + "/toggle"))
                  .header("Authorization", "Bearer " + client.adminToken())
                  .header("Content-Type", "application/json")
                  .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"enabled\":false}"))
                  .build());
    }
  }

  @Test
  void refused_ones_are_there_too() {
    Map<HttpResponse<String>, String> refused =
        Map.of(
            client.postChat("sk-nobody-has-this", HELLO),
            "401 INVALID_API_KEY",
            client.postChat(key, Client.chat("no-such-model", 5, false, "Hello")),
            "404 MODEL_NOT_FOUND",
            client.postChat(installation.demo().user(2).apiKey(), HELLO),
            "402 INSUFFICIENT_MEANS",
            client.postChat(key, "{"),
            "400 MALFORMED_BODY",
            client.postChat(key, HELLO, "X-Sandbox", "status=400"),
            "400 UPSTREAM_FAILED");
    refused.forEach(
        (answer, expected) -> {
          JsonNode row = logged(id(answer));
          assertThat(
                  row.required("status").intValue() + " " + row.required("error_code").asString())
              .as(answer.body())
              .isEqualTo(expected);
          assertThat(row.required("status").intValue()).isEqualTo(answer.statusCode());
        });
    assertThat(found("model=no-such-model")).hasSize(1);
    assertThat(found("status=401&error_code=INVALID_API_KEY")).isNotEmpty();
  }

  @Test
  void a_kill_loses_none_and_repeats_none_and_the_books_agree() {
    Set<String> served = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      served.add(id(client.postChat(key, HELLO, "X-Client-Request-Id", "killed")));
    }
    // nothing is waited for: some are in the spool only
    installation.killHard(false);
    installation.startAgain();
    client = new Client(installation);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(found("client_request_id=killed").stream().map(LoggedRequestsTest::id))
                    .containsExactlyInAnyOrderElementsOf(served));
    List<JsonNode> rows = found("client_request_id=killed");
    String token = client.adminToken();
    for (JsonNode row : rows) {
      JsonNode booked =
          await()
              .atMost(Duration.ofSeconds(20))
              .until(
                  () -> client.requestLogs(token, "request_id=" + id(row)).required("data"),
                  data -> data.size() == 1)
              .required(0);
      for (String field :
          List.of("cost", "input_tokens", "output_tokens", "price_version", "account_id")) {
        assertThat(row.required(field)).as(field).isEqualTo(booked.required(field));
      }
    }
    assertThat(installation.audit().exitCode()).isZero();
  }

  private static String id(HttpResponse<String> answer) {
    return answer.headers().firstValue("X-Request-Id").orElseThrow();
  }

  private static String id(JsonNode row) {
    return row.required("request_id").asString();
  }

  /** The request of that id, once it is logged. */
  private static JsonNode logged(String id) {
    String token = client.adminToken();
    return Client.json(
            await()
                .atMost(Duration.ofSeconds(20))
                .until(
                    () ->
                        client.get(
                            client.url("/api/request-logs/" + id),
                            "Authorization",
                            "Bearer " + token),
                    answer -> answer.statusCode() == 200))
        .required("data");
  }

  private static List<JsonNode> found(String query) {
    List<JsonNode> rows = new ArrayList<>();
    Client.json(
            client.get(
                client.url("/api/request-logs/all?page_size=200&" + query),
                "Authorization",
                "Bearer " + client.adminToken()))
        .required("data")
        .forEach(rows::add);
    return rows;
  }

  private static JsonNode post(String path, Map<String, ?> body) {
    return Client.json(
        client.send(
            HttpRequest.newBuilder(client.url(path))
                .header("Authorization", "Bearer " + client.adminToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build()));
  }
}
