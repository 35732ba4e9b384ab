package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * What no sane caller sends to any endpoint is refused in the caller's protocol, with what was
 * given and what was expected; nothing is reserved, and nothing is sent to a provider.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String NO_BASE64 = "@@@@";
  private static final String PRIVATE = "http://127.0.0.1:1/a.png";
  private static final Map<String, ?> USER = Map.of("role", "user", "content", "hi");
  private static final Map<String, ?> CIRCULAR =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("next", Map.of("$ref", "#/$defs/Node")),
          "$defs",
          Map.of(
              "Node",
              Map.of(
                  "type", "object", "properties", Map.of("next", Map.of("$ref", "#/$defs/Node")))));

  private SdkSite site;
  private Client client;
  private Demo.User user;
  private BigDecimal before;

  /** A body that is wrong, and what its error must name. */
  record Wrong(String path, String what, Map<String, ?> body, String named) {
    @Override
    public String toString() {
      return path + ": " + what;
    }
  }

  @BeforeAll
  void start() {
    site = SdkSite.start();
    // each model has the account of its own protocol alone: no other one can take what that cannot
    site.disableAccount("sandbox");
    client = new Client(site.installation());
    user = site.installation().demo().user(1);
    before = client.balance(user.userId());
  }

  @AfterAll
  void nothing_was_reserved_or_charged() {
    try (SdkSite closing = site) {
      assertThat(client.balance(user.userId())).isEqualByComparingTo(before);
      closing.installation().assertBooksAreClean();
    }
  }

  static Stream<Wrong> wrong() {
    List<Wrong> all = new ArrayList<>();
    for (String model : List.of("gpt-4.1-mini", "claude-sonnet-4-5", "gemini-2.5-flash")) {
      all.addAll(chat(model));
      all.addAll(responses(model));
      all.addAll(messages(model));
      all.addAll(contents("/v1beta/models/" + model + ":generateContent"));
    }
    all.addAll(forGoogle());
    all.addAll(texts());
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void is_refused_before_anything_is_sent(Wrong wrong) {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(client.url(wrong.path))
                .header("Authorization", "Bearer " + user.apiKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Client.JSON.writeValueAsString(wrong.body)))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    JsonNode body = Client.JSON.readTree(answer.body());
    JsonNode error = body.required("error");
    assertThat(error.required("message").asString()).contains(wrong.named).contains("(expected: ");
    if (wrong.path.startsWith("/v1/messages")) {
      assertThat(body.required("type").asString()).isEqualTo("error");
      assertThat(error.required("type").asString()).isEqualTo("invalid_request_error");
    } else if (wrong.path.startsWith("/v1beta")) {
      assertThat(error.required("status").asString()).isEqualTo("INVALID_ARGUMENT");
      assertThat(error.required("code").asInt()).isEqualTo(400);
    } else {
      assertThat(error.required("type").asString()).isEqualTo("invalid_request_error");
      assertThat(error.has("param")).isTrue();
    }
    String requestId = answer.headers().firstValue("x-request-id").orElseThrow();
    assertThat(client.served().required("by_request_id").has(requestId)).isFalse();
  }

  private static List<Wrong> chat(String model) {
    String path = "/v1/chat/completions";
    Map<String, ?> function = Map.of("name", "f", "parameters", Map.of("type", "object"));
    return List.of(
        new Wrong(path, "messages", Map.of("model", model, "messages", "hi"), "messages"),
        new Wrong(
            path,
            "limit",
            Map.of("model", model, "messages", List.of(USER), "max_tokens", "ten"),
            "max_tokens"),
        new Wrong(path, "role", asked(model, Map.of("role", "wizard", "content", "x")), "role"),
        new Wrong(
            path,
            "result without call",
            asked(model, USER, Map.of("role", "tool", "tool_call_id", "c", "content", "x")),
            "tool_call_id"),
        new Wrong(
            path,
            "base64",
            asked(
                model,
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of(
                            "type",
                            "image_url",
                            "image_url",
                            Map.of("url", "data:image/png;base64," + NO_BASE64))))),
            "image_url"),
        new Wrong(
            path,
            "10,000 tools",
            Map.of(
                "model",
                model,
                "messages",
                List.of(USER),
                "tools",
                many(Map.of("type", "function", "function", function))),
            "10000"));
  }

  private static List<Wrong> responses(String model) {
    String path = "/v1/responses";
    return List.of(
        new Wrong(path, "input", Map.of("model", model, "input", 7), "input"),
        new Wrong(
            path,
            "limit",
            Map.of("model", model, "input", "hi", "max_output_tokens", "ten"),
            "max_output_tokens"),
        new Wrong(path, "role", items(model, Map.of("role", "wizard", "content", "x")), "wizard"),
        new Wrong(
            path,
            "result without call",
            items(model, Map.of("type", "function_call_output", "call_id", "c", "output", "x")),
            "call_id"),
        new Wrong(
            path,
            "base64",
            items(
                model,
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of(
                            "type",
                            "input_image",
                            "image_url",
                            "data:image/png;base64," + NO_BASE64)))),
            "image_url"),
        new Wrong(
            path,
            "10,000 tools",
            Map.of(
                "model",
                model,
                "input",
                "hi",
                "tools",
                many(Map.of("type", "function", "name", "f", "parameters", Map.of()))),
            "10000"));
  }

  private static List<Wrong> messages(String model) {
    String path = "/v1/messages";
    Map<String, ?> picture =
        Map.of(
            "type",
            "image",
            "source",
            Map.of("type", "base64", "media_type", "image/png", "data", NO_BASE64));
    Map<String, ?> result = Map.of("type", "tool_result", "tool_use_id", "c", "content", "x");
    return List.of(
        new Wrong(
            path,
            "messages",
            Map.of("model", model, "max_tokens", 9, "messages", "hi"),
            "messages"),
        new Wrong(
            path,
            "limit",
            Map.of("model", model, "max_tokens", "ten", "messages", List.of(USER)),
            "max_tokens"),
        new Wrong(path, "role", asked(model, Map.of("role", "wizard", "content", "x")), "wizard"),
        new Wrong(
            path,
            "result without call",
            asked(model, Map.of("role", "user", "content", List.of(result))),
            "tool_use_id"),
        new Wrong(
            path,
            "base64",
            asked(model, Map.of("role", "user", "content", List.of(picture))),
            "source.data"),
        new Wrong(
            path,
            "10,000 tools",
            Map.of(
                "model",
                model,
                "max_tokens",
                9,
                "messages",
                List.of(USER),
                "tools",
                many(Map.of("name", "f", "input_schema", Map.of("type", "object")))),
            "10000"),
        new Wrong(
            path + "/count_tokens",
            "messages",
            Map.of("model", model, "messages", "hi"),
            "messages"));
  }

  private static List<Wrong> contents(String path) {
    Map<String, ?> response =
        Map.of("functionResponse", Map.of("name", "f", "response", Map.of("output", "x")));
    Map<String, ?> picture =
        Map.of("inlineData", Map.of("mimeType", "image/png", "data", NO_BASE64));
    List<Map<String, ?>> hello = List.of(said("user", Map.of("text", "hi")));
    return List.of(
        new Wrong(path, "contents", Map.of("contents", 7), "contents"),
        new Wrong(
            path,
            "limit",
            Map.of("contents", hello, "generationConfig", Map.of("maxOutputTokens", "ten")),
            "maxOutputTokens"),
        new Wrong(
            path,
            "role",
            Map.of("contents", List.of(said("wizard", Map.of("text", "x")))),
            "wizard"),
        new Wrong(
            path,
            "result without call",
            Map.of("contents", List.of(said("user", response))),
            "functionResponse"),
        new Wrong(path, "base64", Map.of("contents", List.of(said("user", picture))), "inlineData"),
        new Wrong(
            path,
            "10,000 tools",
            Map.of(
                "contents",
                hello,
                "tools",
                List.of(Map.of("functionDeclarations", many(Map.of("name", "f"))))),
            "10000"),
        new Wrong(
            path.replace("generateContent", "countTokens"),
            "contents",
            Map.of("contents", 7),
            "contents"));
  }

  /** What a provider that reads no addresses and no references cannot be told. */
  private static List<Wrong> forGoogle() {
    String model = "gemini-2.5-flash";
    Map<String, ?> picture = Map.of("type", "image_url", "image_url", Map.of("url", PRIVATE));
    Map<String, ?> source =
        Map.of("type", "image", "source", Map.of("type", "url", "url", PRIVATE));
    Map<String, ?> function =
        Map.of("type", "function", "function", Map.of("name", "f", "parameters", CIRCULAR));
    return List.of(
        new Wrong(
            "/v1/chat/completions",
            "private address",
            asked(model, Map.of("role", "user", "content", List.of(picture))),
            "private network"),
        new Wrong(
            "/v1/messages",
            "private address",
            asked(model, Map.of("role", "user", "content", List.of(source))),
            "private network"),
        new Wrong(
            "/v1/responses",
            "private address",
            items(
                model,
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(Map.of("type", "input_image", "image_url", PRIVATE)))),
            "private network"),
        new Wrong(
            "/v1/chat/completions",
            "circular schema",
            Map.of("model", model, "messages", List.of(USER), "tools", List.of(function)),
            "$ref"),
        new Wrong(
            "/v1/messages",
            "circular schema",
            Map.of(
                "model",
                model,
                "max_tokens",
                9,
                "messages",
                List.of(USER),
                "tools",
                List.of(Map.of("name", "f", "input_schema", CIRCULAR))),
            "$ref"));
  }

  private static List<Wrong> texts() {
    String embedding = "text-embedding-3-small";
    String completion = "gpt-3.5-turbo-instruct";
    return List.of(
        new Wrong("/v1/embeddings", "input", Map.of("model", embedding, "input", 7), "input"),
        new Wrong(
            "/v1/embeddings", "nothing", Map.of("model", embedding, "input", List.of()), "input"),
        new Wrong("/v1/embeddings", "model", Map.of("model", 7, "input", "x"), "model"),
        new Wrong(
            "/v1/completions", "prompt", Map.of("model", completion, "prompt", Map.of()), "prompt"),
        new Wrong(
            "/v1/completions",
            "choices",
            Map.of("model", completion, "prompt", "x", "n", 0),
            "n: 0"),
        new Wrong("/v1/moderations", "input", Map.of("input", 7), "input"),
        new Wrong("/v1/moderations", "no input", Map.of(), "input"));
  }

  @SafeVarargs
  private static Map<String, ?> asked(String model, Map<String, ?>... messages) {
    return Map.of("model", model, "max_tokens", 9, "messages", List.of(messages));
  }

  private static Map<String, ?> items(String model, Map<String, ?> item) {
    return Map.of("model", model, "input", List.of(item));
  }

  private static Map<String, ?> said(String role, Map<String, ?> part) {
    return Map.of("role", role, "parts", List.of(part));
  }

  private static List<Map<String, ?>> many(Map<String, ?> tool) {
    return IntStream.range(0, 10_000).<Map<String, ?>>mapToObj(_ -> tool).toList();
  }
}
