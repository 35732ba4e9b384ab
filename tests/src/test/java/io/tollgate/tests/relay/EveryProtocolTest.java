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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Callers of each protocol ask a model of each protocol, streamed and not: what the caller is told,
 * what stands in the request log and what the provider says that it served are the same, by kind.
 */
@Tag("slow")
@ExtendWith(SharedInstallation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryProtocolTest {
  private static final List<String> KINDS =
      List.of(
          "input_tokens",
          "output_tokens",
          "cached_tokens",
          "cache_write_tokens",
          "reasoning_tokens");

  private Installation installation;
  private final Map<Ask, HttpResponse<String>> answers = new HashMap<>();
  private Client client;
  private String admin;

  /** The protocols of callers, and how each asks and is told of usage. */
  enum Caller {
    CHAT("/v1/chat/completions"),
    RESPONSES("/v1/responses"),
    MESSAGES("/v1/messages"),
    GEMINI("/v1beta/models/");

    private final String path;

    Caller(String path) {
      this.path = path;
    }

    String path(String model, boolean stream) {
      if (this != GEMINI) {
        return path;
      }
      return path + model + (stream ? ":streamGenerateContent?alt=sse" : ":generateContent");
    }

    String body(String model, boolean stream) {
      String words = "Tell of a gate at which everybody pays.";
      return switch (this) {
        case CHAT ->
            "{\"model\":\"%s\",\"max_tokens\":400,\"stream\":%s%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(
                    model,
                    stream,
                    stream ? ",\"stream_options\":{\"include_usage\":true}" : "",
                    words);
        case RESPONSES ->
            "{\"model\":\"%s\",\"max_output_tokens\":400,\"stream\":%s,\"input\":\"%s\"}"
                .formatted(model, stream, words);
        case MESSAGES ->
            "{\"model\":\"%s\",\"max_tokens\":400,\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(model, stream, words);
        case GEMINI ->
            "{\"generationConfig\":{\"maxOutputTokens\":400},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}"
                .formatted(words);
      };
    }

    /** All input and all output, as the answer tells them. */
    long[] told(String answer, boolean stream) {
      long input = 0;
      long output = 0;
      for (JsonNode node : documents(answer, stream)) {
        JsonNode usage =
            switch (this) {
              case CHAT -> node.path("usage");
              case RESPONSES -> stream ? node.path("response").path("usage") : node.path("usage");
              case MESSAGES ->
                  node.has("message") ? node.path("message").path("usage") : node.path("usage");
              case GEMINI -> node.path("usageMetadata");
            };
        if (!usage.isObject()) {
          continue;
        }
        switch (this) {
          case CHAT -> {
            input = usage.path("prompt_tokens").asLong();
            output = usage.path("completion_tokens").asLong();
          }
          case RESPONSES -> {
            input = usage.path("input_tokens").asLong();
            output = usage.path("output_tokens").asLong();
          }
          case MESSAGES -> {
            if (usage.has("input_tokens")) {
              input =
                  usage.path("input_tokens").asLong()
                      + usage.path("cache_read_input_tokens").asLong()
                      + usage.path("cache_creation_input_tokens").asLong();
            }
            output = usage.path("output_tokens").asLong();
          }
          case GEMINI -> {
            input = usage.path("promptTokenCount").asLong();
            output =
                usage.path("candidatesTokenCount").asLong()
                    + usage.path("thoughtsTokenCount").asLong();
          }
        }
      }
      return new long[] {input, output};
    }

    private static List<JsonNode> documents(String answer, boolean stream) {
      if (!stream) {
        return List.of(Client.JSON.readTree(answer));
      }
      List<JsonNode> events = new ArrayList<>();
      answer
          .lines()
          .filter(line -> line.startsWith("data: {"))
          .forEach(line -> events.add(Client.JSON.readTree(line.substring("data: ".length()))));
      return events;
    }
  }

  /** One way of asking. */
  record Ask(Caller caller, String model, boolean stream, String steering) {
    @Override
    public String toString() {
      return "%s asks %s%s%s"
          .formatted(
              caller.name().toLowerCase(Locale.ROOT),
              model,
              stream ? " for a stream" : "",
              steering.isEmpty() ? "" : ", " + steering);
    }
  }

  static Stream<Ask> asks() {
    List<Ask> asks = new ArrayList<>();
    for (Caller caller : Caller.values()) {
      for (String model : List.of("gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash")) {
        for (boolean stream : new boolean[] {false, true}) {
          for (String steering :
              List.of("", "cached_tokens=5", "output_tokens=40; reasoning_tokens=15")) {
            asks.add(new Ask(caller, model, stream, steering));
          }
        }
      }
    }
    return asks.stream();
  }

  @BeforeAll
  void start(Installation shared) {
    installation = shared;
    client = new Client(installation);
    admin = client.adminToken();
    // all at first, so that their charges are booked together
    asks().forEach(ask -> answers.put(ask, answer(ask)));
  }

  @ParameterizedTest
  @MethodSource("asks")
  void caller_log_and_provider_tell_the_same_use(Ask ask) {
    HttpResponse<String> answer = requireNonNull(answers.get(ask));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    JsonNode served = client.served(id);
    assertThat(served.required("attempts").asInt()).isEqualTo(1);
    JsonNode row = row(id);
    for (String kind : KINDS) {
      assertThat(row.path(kind).asLong()).as(kind).isEqualTo(served.path(kind).asLong());
    }
    assertThat(row.required("output_tokens").asLong()).isPositive();
    assertThat(ask.caller.told(answer.body(), ask.stream))
        .containsExactly(
            served.required("input_tokens").asLong(), served.required("output_tokens").asLong());
    if (!ask.stream) {
      assertThat(answer.headers().firstValue("x-tollgate-cost").orElseThrow())
          .satisfies(
              cost ->
                  assertThat(row.required("cost").decimalValue())
                      .isEqualByComparingTo(new BigDecimal(cost)));
    }
  }

  private HttpResponse<String> answer(Ask ask) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.url(ask.caller.path(ask.model, ask.stream)))
            .header("Authorization", "Bearer " + installation.demo().user(1).apiKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ask.caller.body(ask.model, ask.stream)));
    if (ask.caller == Caller.MESSAGES) {
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
