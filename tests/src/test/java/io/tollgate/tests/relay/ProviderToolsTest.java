package io.tollgate.tests.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.installation.SharedInstallation;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What providers do themselves for an answer is charged by the call, in every protocol. */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderToolsTest {
  private static final List<String> KINDS =
      List.of("web_searches", "web_fetches", "file_searches", "code_sessions", "map_searches");

  private Installation installation;
  private Client client;
  private String admin;
  private final Map<Ask, HttpResponse<String>> answers = new HashMap<>();

  /**
   * One way of asking.
   *
   * @param more members of the body that ask for tools
   * @param tools what the calls cost, in USD
   */
  record Ask(String path, String model, String more, String steering, String tools) {
    String body() {
      return path.startsWith("/v1beta")
          ? "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Who won?\"}]}]" + more + "}"
          : path.endsWith("responses")
              ? "{\"model\":\"%s\",\"max_output_tokens\":64,\"input\":\"Who won?\"%s}"
                  .formatted(model, more)
              : "{\"model\":\"%s\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"Who won?\"}]%s}"
                  .formatted(model, more);
    }
  }

  static Stream<Ask> asks() {
    String generate = "/v1beta/models/gemini-2.5-flash:generateContent";
    String stream = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
    String searching =
        ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":5}]";
    String hosted =
        ",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"file_search\",\"vector_store_ids\":[\"v\"]},"
            + "{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}]";
    return Stream.of(
        new Ask("/v1/chat/completions", "gpt-4o-mini", ",\"web_search_options\":{}", "", "0.025"),
        new Ask(
            "/v1/chat/completions",
            "gpt-4o-mini",
            ",\"stream\":true,\"web_search_options\":{}",
            "web_searches=3",
            "0.075"),
        new Ask("/v1/messages", "claude-sonnet-4-5", searching, "web_searches=2", "0.02"),
        new Ask(
            "/v1/messages",
            "claude-sonnet-4-5",
            ",\"stream\":true" + searching,
            "web_searches=2; web_fetches=1",
            "0.02"),
        new Ask(
            "/v1/responses",
            "gpt-4o-mini",
            hosted,
            "web_searches=2; file_searches=1; code_sessions=2",
            "0.1125"),
        new Ask(
            "/v1/responses",
            "gpt-4o-mini",
            ",\"stream\":true" + hosted,
            "web_searches=1; file_searches=3",
            "0.0325"),
        new Ask(generate, "", ",\"tools\":[{\"googleSearch\":{}}]", "web_searches=1", "0.035"),
        new Ask(
            stream,
            "",
            ",\"tools\":[{\"googleSearch\":{}},{\"googleMaps\":{}}]",
            "web_searches=1; map_searches=1",
            "0.06"),
        // used unasked, by a model whose calls have a price
        new Ask("/v1/chat/completions", "claude-sonnet-4-5", "", "web_searches=1", "0.01"),
        new Ask("/v1/messages", "gemini-2.5-flash", ",\"stream\":true", "map_searches=1", "0.025"));
  }

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
    admin = client.adminToken();
    // the account for Responses serves this model too
    asks().forEach(ask -> answers.put(ask, post(ask)));
  }

  @ParameterizedTest
  @MethodSource("asks")
  void calls_are_counted_as_the_provider_served_them_and_cost_what_they_should(Ask ask) {
    HttpResponse<String> answer = requireNonNull(answers.get(ask));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    JsonNode served = client.served(id);
    JsonNode row = row(id);
    JsonNode used = row.required("usage");
    for (String kind : KINDS) {
      assertThat(used.path(kind).asLong()).as(kind).isEqualTo(served.path(kind).asLong());
    }
    assertThat(row.required("output_tokens").asLong())
        .isEqualTo(served.required("output_tokens").asLong());
    BigDecimal tokens = new BigDecimal("0.002");
    assertThat(row.required("cost").decimalValue())
        .isBetween(new BigDecimal(ask.tools), new BigDecimal(ask.tools).add(tokens));
  }

  @Test
  void a_tool_without_a_price_is_refused_by_name_before_anything_is_sent() {
    long before = client.served().required("requests").asLong();
    Ask unpriced =
        new Ask("/v1/chat/completions", "deepseek-v4-flash", ",\"web_search_options\":{}", "", "0");
    HttpResponse<String> refused = post(unpriced);
    assertThat(refused.statusCode()).isEqualTo(400);
    JsonNode error = Client.JSON.readTree(refused.body()).required("error");
    assertThat(error.required("param").asString()).isEqualTo("web_search_options");
    assertThat(error.required("message").asString())
        .isEqualTo(
            "web_search_options: web_search_options (expected: a tool that deepseek-v4-flash has a"
                + " price for; it has none for web_searches)");
    HttpResponse<String> images =
        post(
            new Ask(
                "/v1/responses",
                "gpt-4o-mini",
                ",\"tools\":[{\"type\":\"image_generation\"}]",
                "",
                "0"));
    assertThat(images.statusCode()).as(images.body()).isEqualTo(400);
    assertThat(images.body()).contains("image_generation").contains("tools[0].type");
    HttpResponse<String> shell =
        post(
            new Ask(
                "/v1/responses",
                "deepseek-v4-flash",
                ",\"tools\":[{\"type\":\"shell\",\"environment\":{\"type\":\"container_auto\"}}]",
                "",
                "0"));
    assertThat(shell.statusCode()).as(shell.body()).isEqualTo(400);
    assertThat(shell.body()).contains("shell").contains("tools[0].type").contains("code_sessions");
    assertThat(client.served().required("requests").asLong()).isEqualTo(before);
  }

  @Test
  void absurd_counts_are_not_believed_and_what_is_used_without_a_price_is_free() {
    HttpResponse<String> absurd =
        post(
            new Ask(
                "/v1/chat/completions",
                "gpt-4o-mini",
                ",\"web_search_options\":{}",
                "web_searches=1000000",
                "0"));
    assertThat(used(absurd).path("web_searches").asLong()).isEqualTo(1);
    HttpResponse<String> unasked =
        post(new Ask("/v1/chat/completions", "deepseek-v4-flash", "", "web_searches=2", "0"));
    assertThat(unasked.statusCode()).as(unasked.body()).isEqualTo(200);
    assertThat(used(unasked).path("web_searches").asLong()).isEqualTo(2);
    assertThat(new BigDecimal(unasked.headers().firstValue("x-tollgate-cost").orElseThrow()))
        .isLessThan(new BigDecimal("0.001"));
  }

  private JsonNode used(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return row(answer.headers().firstValue("X-Request-Id").orElseThrow()).required("usage");
  }

  private HttpResponse<String> post(Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(ask.path))
            .header("Authorization", "Bearer " + installation.demo().user(1).apiKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ask.body()));
    if (ask.path.endsWith("messages")) {
      request.header("anthropic-version", "2023-06-01");
    }
    if (!ask.steering.isEmpty()) {
      request.header("X-Sandbox", ask.steering);
    }
    return client.send(request.build());
  }

  private JsonNode row(String requestId) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> client.requestLogs(admin, "request_id=" + requestId).required("data"),
            rows ->
                rows.size() == 1 && rows.get(0).required("settled").asString().equals("settled"))
        .get(0);
  }
}
