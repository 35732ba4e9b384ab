package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Answers made in the background: held in the books, charged once, whatever dies meanwhile. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackgroundTest {
  /** USD per token of gpt-4o-mini, from the provider's price list. */
  private static final BigDecimal INPUT = new BigDecimal("0.00000015");

  private static final BigDecimal OUTPUT = new BigDecimal("0.0000006");

  /** How long a job takes of which something has to be seen while it runs. */
  private static final int SEEN_MS = 8_000;

  /** Of one that does not come to its end. */
  private static final int NEVER_MS = 600_000;

  private Installation installation;
  private Client client;
  private String admin;

  /** A request that was made. */
  private record Made(String request, String id, BigDecimal before) {}

  @BeforeAll
  void start() {
    installation = Installation.start("--relay-deferred-poll-ms=200");
    connect();
  }

  private void connect() {
    client = new Client(installation);
    admin = client.adminToken();
  }

  @AfterAll
  void booksAreClean() {
    try (Installation closing = installation) {
      closing.assertBooksAreClean();
    }
  }

  @Test
  @Order(1)
  void what_runs_is_held_and_charged_as_served_when_it_has_ended() {
    Made made = make(",\"background\":true", "job_ms=" + SEEN_MS);
    assertThat(outcome(made)).isEqualTo("pending");
    assertThat(delete(made).statusCode()).isEqualTo(409);
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
    assertThat(get(0, "/v1/responses/" + made.id).statusCode()).isEqualTo(404);
    charged(made);
    JsonNode ended = Client.json(get(1, "/v1/responses/" + made.id));
    assertThat(ended.required("status").asString()).isEqualTo("completed");
    charged(made);
  }

  @Test
  @Order(2)
  void a_stream_in_the_background_is_charged_once_too() {
    Made made = make(",\"background\":true,\"stream\":true");
    charged(made);
  }

  @Test
  @Order(3)
  void what_is_cancelled_is_charged_what_its_provider_bills() {
    Made made = make(",\"background\":true", "job_ms=" + NEVER_MS);
    HttpResponse<String> cancelled = post(1, "/v1/responses/" + made.id + "/cancel", "");
    assertThat(cancelled.statusCode()).isEqualTo(200);
    assertThat(outcome(made)).isEqualTo("settled");
    assertThat(client.balance(user(1).userId())).isEqualByComparingTo(made.before);
  }

  @Test
  @Order(4)
  void who_has_too_little_is_told_so_and_nothing_is_sent() {
    long before = client.served().required("by_request_id").size();
    HttpResponse<String> refused = post(2, "/v1/responses", body(",\"background\":true"));
    assertThat(refused.statusCode()).isEqualTo(402);
    assertThat(client.served().required("by_request_id").size()).isEqualTo(before);
  }

  @Test
  @Order(5)
  void what_its_provider_refuses_is_free_and_holds_nothing() {
    BigDecimal before = client.balance(user(1).userId());
    HttpResponse<String> refused =
        client.send(
            request(1, "/v1/responses")
                .header("X-Sandbox", "status=400")
                .POST(BodyPublishers.ofString(body(",\"background\":true")))
                .build());
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(client.balance(user(1).userId())).isEqualByComparingTo(before);
  }

  @Test
  @Order(7)
  void a_gateway_that_is_killed_while_it_runs_charges_it_after_its_next_start() {
    Made made = make(",\"background\":true");
    installation.killHard(false);
    installation.startAgain();
    connect();
    charged(made);
  }

  @Test
  @Order(8)
  void a_gateway_that_dies_while_it_settles_charges_once() {
    installation.killHard(false);
    installation.startAgainToDieAt("deferred-settling");
    connect();
    Made made = make(",\"background\":true");
    installation.awaitDeath(Duration.ofSeconds(60));
    installation.startAgainToDieAt("deferred-settled:2");
    connect();
    charged(made);
    Made second = make(",\"background\":true");
    installation.awaitDeath(Duration.ofSeconds(60));
    installation.startAgain();
    connect();
    charged(second);
  }

  private Made make(String more) {
    return make(more, "");
  }

  private Made make(String more, String steering) {
    BigDecimal before = client.balance(user(1).userId());
    HttpResponse<String> made =
        client.send(
            request(1, "/v1/responses")
                .header("X-Sandbox", steering)
                .POST(BodyPublishers.ofString(body(more)))
                .build());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    int from = made.body().indexOf("\"id\":\"resp_") + 6;
    String id = made.body().substring(from, made.body().indexOf('"', from));
    return new Made(made.headers().firstValue("x-request-id").orElseThrow(), id, before);
  }

  /** Exactly what was served, once. */
  private void charged(Made made) {
    await("settled")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> outcome(made).equals("settled"));
    JsonNode served = client.served().required("by_request_id").required(made.request);
    BigDecimal price =
        INPUT
            .multiply(BigDecimal.valueOf(served.required("input_tokens").asLong()))
            .add(OUTPUT.multiply(BigDecimal.valueOf(served.required("output_tokens").asLong())));
    assertThat(price).isPositive();
    assertThat(made.before.subtract(client.balance(user(1).userId()))).isEqualByComparingTo(price);
    JsonNode rows = client.requestLogs(admin, "request_id=" + made.request).required("data");
    assertThat(rows.size()).isOne();
    assertThat(rows.get(0).required("cost").decimalValue()).isEqualByComparingTo(price);
    assertThat(client.audit(admin).required("clean").asBoolean()).isTrue();
  }

  private String outcome(Made made) {
    JsonNode rows = client.requestLogs(admin, "request_id=" + made.request).required("data");
    return rows.isEmpty() ? "" : rows.get(0).required("settled").asString();
  }

  private static String body(String more) {
    return "{\"model\":\"gpt-4o-mini\",\"max_output_tokens\":60,\"input\":\"Think about tolls.\"%s}"
        .formatted(more);
  }

  private Demo.User user(int index) {
    return installation.demo().user(index);
  }

  private HttpResponse<String> get(int user, String path) {
    return client.send(request(user, path).build());
  }

  private HttpResponse<String> delete(Made made) {
    return client.send(request(1, "/v1/responses/" + made.id).DELETE().build());
  }

  private HttpResponse<String> post(int user, String path, String body) {
    return client.send(request(user, path).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(int user, String path) {
    return HttpRequest.newBuilder(client.url(path))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + user(user).apiKey());
  }
}
