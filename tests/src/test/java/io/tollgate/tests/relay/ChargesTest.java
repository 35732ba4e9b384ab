package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a request costs, against what the sandbox provider says it has served. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChargesTest {
  /** USD per token of gpt-4o-mini, from the provider's price list. */
  private static final BigDecimal INPUT = new BigDecimal("0.00000015");

  private static final BigDecimal OUTPUT = new BigDecimal("0.0000006");

  private Installation installation;
  private Client client;
  private String admin;

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
    admin = client.adminToken();
  }

  @Test
  void balance_falls_by_exactly_price_times_usage_as_served() {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    HttpResponse<String> response =
        client.postChat(user.apiKey(), Client.chat("gpt-4o-mini", 100, false, "What is a toll?"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(before.subtract(client.balance(user.userId())))
        .isEqualByComparingTo(price(served(response)));
  }

  @Test
  void a_stream_without_asking_for_usage_is_charged_as_served() {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    HttpResponse<String> response =
        client.postChat(user.apiKey(), Client.chat("gpt-4o-mini", 100, true, "Stream a toll."));
    assertThat(response.body()).endsWith("data: [DONE]\n\n").doesNotContain("\"choices\":[]");
    assertThat(before.subtract(client.balance(user.userId())))
        .isEqualByComparingTo(price(served(response)));
  }

  @Test
  void a_stream_whose_upstream_reports_no_usage_is_charged_by_our_count() {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    HttpResponse<String> response =
        client.postChat(
            user.apiKey(),
            Client.chat("gpt-4o-mini", 100, true, "Nobody counts."),
            "X-Sandbox",
            "no_usage; output_tokens=40");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode row = row(response);
    BigDecimal charged = before.subtract(client.balance(user.userId()));
    assertThat(charged).isPositive().isEqualByComparingTo(price(row));
    assertThat(row.required("output_tokens").asLong()).isBetween(20L, 80L);
  }

  @Test
  void free_tokens_are_used_before_money() {
    Demo.User user = installation.demo().user(0);
    JsonNode before = client.snapshot(user.userId());
    HttpResponse<String> response =
        client.postChat(user.apiKey(), Client.chat("gpt-4o-mini", 100, false, "For free?"));
    JsonNode after = client.snapshot(user.userId());
    JsonNode served = served(response);
    assertThat(after.required("balance").decimalValue())
        .isEqualByComparingTo(before.required("balance").decimalValue());
    assertThat(
            before.required("quota_remaining").asLong()
                - after.required("quota_remaining").asLong())
        .isEqualTo(
            served.required("input_tokens").asLong() + served.required("output_tokens").asLong());
  }

  @Test
  void a_request_half_covered_by_quota_costs_its_share_rounded_once() {
    String user = installation.demo().user(2).userId();
    var grant = client.grant(user, "TOKEN", "30", "half-covered-tokens");
    assertThat(grant.required("success").asBoolean()).isTrue();
    grant = client.grant(user, "USD", "0.01", "half-covered-money");
    assertThat(grant.required("success").asBoolean()).isTrue();
    BigDecimal before = client.balance(user);
    HttpResponse<String> response =
        client.postChat(
            installation.demo().user(2).apiKey(),
            Client.chat("gpt-4o-mini", 60, false, "Half of this is free."),
            "X-Sandbox",
            "output_tokens=47");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode served = served(response);
    long total =
        served.required("input_tokens").asLong() + served.required("output_tokens").asLong();
    BigDecimal expected =
        price(served)
            .multiply(BigDecimal.valueOf(total - 30))
            .divide(BigDecimal.valueOf(total), 9, RoundingMode.HALF_EVEN);
    assertThat(before.subtract(client.balance(user))).isEqualByComparingTo(expected);
    assertThat(client.snapshot(user).required("quota_remaining").asLong()).isZero();
  }

  @Test
  void a_caller_who_hangs_up_pays_for_what_the_upstream_served() throws Exception {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    HttpRequest request =
        HttpRequest.newBuilder(client.url("/v1/chat/completions"))
            .header("Authorization", "Bearer " + user.apiKey())
            .header("X-Sandbox", "output_tokens=60; chunk_ms=20")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Client.chat("gpt-4o-mini", 100, true, "I will not wait for the end.")))
            .build();
    String requestId;
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      requestId = response.headers().firstValue("x-request-id").orElseThrow();
      try (InputStream body = response.body()) {
        assertThat(body.readNBytes(200)).hasSize(200);
      }
      http.shutdownNow();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> settled(requestId).equals("settled"));
    JsonNode row = client.requestLogs(admin, "request_id=" + requestId).required("data").get(0);
    assertThat(before.subtract(client.balance(user.userId())))
        .isPositive()
        .isEqualByComparingTo(price(row));
    JsonNode served = client.served().required("by_request_id").required(requestId);
    assertThat(row.required("output_tokens").asLong())
        .isEqualTo(served.required("output_tokens").asLong());
  }

  @Test
  void two_requests_with_one_id_of_the_caller_are_two_charges() {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    String body = Client.chat("gpt-4o-mini", 20, false, "Once or twice?");
    var first = client.postChat(user.apiKey(), body, "X-Request-Id", "order-7");
    var second = client.postChat(user.apiKey(), body, "X-Request-Id", "order-7");
    assertThat(first.headers().firstValue("X-Client-Request-Id")).hasValue("order-7");
    assertThat(first.headers().firstValue("X-Request-Id"))
        .isNotEqualTo(second.headers().firstValue("X-Request-Id"));
    assertThat(before.subtract(client.balance(user.userId())))
        .isEqualByComparingTo(price(served(first)).add(price(served(second))));
  }

  @Test
  void a_failed_request_is_free() {
    Demo.User user = installation.demo().user(1);
    BigDecimal before = client.balance(user.userId());
    HttpResponse<String> response =
        client.postChat(
            user.apiKey(),
            Client.chat("gpt-4o-mini", 20, false, "Fail, please."),
            "X-Sandbox",
            "status=400");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(client.balance(user.userId())).isEqualByComparingTo(before);
  }

  private String settled(String requestId) {
    JsonNode rows = client.requestLogs(admin, "request_id=" + requestId).required("data");
    return rows.isEmpty() ? "" : rows.get(0).required("settled").asString();
  }

  private JsonNode row(HttpResponse<String> response) {
    String id = response.headers().firstValue("x-request-id").orElseThrow();
    await().atMost(Duration.ofSeconds(20)).until(() -> settled(id).equals("settled"));
    return client.requestLogs(admin, "request_id=" + id).required("data").get(0);
  }

  private JsonNode served(HttpResponse<String> response) {
    String id = response.headers().firstValue("x-request-id").orElseThrow();
    return client.served(id);
  }

  private static BigDecimal price(JsonNode tokens) {
    return INPUT
        .multiply(BigDecimal.valueOf(tokens.required("input_tokens").asLong()))
        .add(OUTPUT.multiply(BigDecimal.valueOf(tokens.required("output_tokens").asLong())));
  }
}
