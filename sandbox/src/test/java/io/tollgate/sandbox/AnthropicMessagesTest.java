package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicMessagesTest {
  private static final String TOOLS =
      "\"tools\":[{\"name\":\"look\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":"
          + "{\"type\":\"string\"}}}},{\"name\":\"find\",\"input_schema\":{\"type\":\"object\"}}]";

  private final SandboxProvider sandbox;
  private final Caller caller;

  AnthropicMessagesTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void message_has_the_shape_of_anthropic() {
    JsonNode answer = message(hello(""), "");

    assertThat(answer.path("type").asString()).isEqualTo("message");
    assertThat(answer.path("id").asString()).startsWith("msg_");
    assertThat(answer.at("/content/0/type").asString()).isEqualTo("text");
    assertThat(answer.at("/content/0/text").asString()).isNotEmpty();
    assertThat(answer.path("stop_reason").asString()).isEqualTo("end_turn");
    assertThat(answer.path("stop_sequence").isNull()).isTrue();
    assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(9);
    assertThat(message(hello(""), "").at("/content/0/text"))
        .isEqualTo(answer.at("/content/0/text"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "output_tokens=5 | ",
        "reasoning_tokens=7; output_tokens=12 | ",
        "finish=refusal | ",
        "tool_calls=3; reasoning_tokens=2 | TOOLS",
        "finish=blocked | "
      })
  void stream_says_what_the_whole_message_says(String steering, String tools) {
    String more = tools == null ? "" : "," + TOOLS;
    JsonNode whole = message(hello(more), steering);
    List<JsonNode> events = events(message(hello(",\"stream\":true" + more), steering, "s"));

    assertThat(events.getFirst().path("type").asString()).isEqualTo("message_start");
    assertThat(events.getFirst().at("/message/usage/input_tokens").asInt())
        .isEqualTo(whole.at("/usage/input_tokens").asInt());
    assertThat(events.getLast().path("type").asString()).isEqualTo("message_stop");
    JsonNode end = events.get(events.size() - 2);
    assertThat(end.path("type").asString()).isEqualTo("message_delta");
    assertThat(end.at("/delta/stop_reason")).isEqualTo(whole.path("stop_reason"));
    assertThat(end.at("/usage/output_tokens")).isEqualTo(whole.at("/usage/output_tokens"));
    assertThat(joined(events)).isEqualTo(whole.path("content").toString());
  }

  @Test
  void thought_comes_back_with_its_signature_and_in_no_other_way() {
    JsonNode answer =
        message(hello(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}"), "");
    JsonNode thought = answer.at("/content/0");
    assertThat(thought.path("type").asString()).isEqualTo("thinking");
    assertThat(answer.at("/usage/output_tokens_details/thinking_tokens").asInt()).isPositive();

    String again =
        "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":2000,\"messages\":[{\"role\":\"user\","
            + "\"content\":\"x\"},{\"role\":\"assistant\",\"content\":["
            + thought
            + ",{\"type\":\"text\",\"text\":\"y\"}]},{\"role\":\"user\",\"content\":\"z\"}]}";
    assertThat(caller.post("/v1/messages", again).statusCode()).isEqualTo(200);
    String changed = again.replace("\"thinking\":\"", "\"thinking\":\"Not ");
    assertThat(caller.post("/v1/messages", changed).body()).contains("Invalid `signature`");
  }

  @Test
  void tools_are_called_when_forced_named_and_in_parallel_unless_that_is_switched_off() {
    JsonNode forced = message(hello("," + TOOLS + ",\"tool_choice\":{\"type\":\"any\"}"), "");
    assertThat(forced.path("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(forced.at("/content/0/input/city").isString()).isTrue();
    JsonNode named = message(hello("," + TOOLS).replace("Say hello", "please find"), "");
    assertThat(named.at("/content/0/name").asString()).isEqualTo("find");
    JsonNode two = message(hello("," + TOOLS), "tool_calls=2");
    assertThat(two.at("/content/0/id")).isNotEqualTo(two.at("/content/1/id"));
    assertThat(two.at("/content/1/name").asString()).isEqualTo("find");
    JsonNode one =
        message(
            hello(
                ","
                    + TOOLS
                    + ",\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"),
            "tool_calls=2");
    assertThat(one.path("content").size()).isEqualTo(1);
  }

  @Test
  void answer_ends_at_limit_and_stop_sequence() {
    JsonNode limited = message(hello("").replace("2000", "3"), "");
    assertThat(limited.path("stop_reason").asString()).isEqualTo("max_tokens");
    assertThat(limited.at("/usage/output_tokens").asInt()).isEqualTo(3);
    JsonNode stopped = message(hello(",\"stop_sequences\":[\".\"]"), "output_tokens=30");
    assertThat(stopped.path("stop_reason").asString()).isEqualTo("stop_sequence");
    assertThat(stopped.path("stop_sequence").asString()).isEqualTo(".");
    assertThat(stopped.at("/content/0/text").asString()).isNotEmpty().doesNotContain(".");
    assertThat(stopped.at("/usage/output_tokens").asInt()).isEqualTo(12);
  }

  @Test
  void json_follows_its_schema_which_must_be_closed() {
    String closed =
        ",\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\","
            + "\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"additionalProperties\":false}}}";
    String text = message(hello(closed), "").at("/content/0/text").asString();
    assertThat(Caller.JSON.readTree(text).path("ok").isBoolean()).isTrue();
    assertThat(refused(hello(closed.replace(",\"additionalProperties\":false", ""))))
        .contains("additionalProperties");
  }

  @Test
  void marked_beginning_is_written_to_the_cache_and_then_read() {
    String request =
        hello(
            ",\"system\":[{\"type\":\"text\",\"text\":\""
                + "long words ".repeat(700)
                + "\",\"cache_control\":{\"type\":\"ephemeral\"}}]");
    JsonNode first = message(request, "").path("usage");
    JsonNode second = message(request.replace("Say hello", "Say bye"), "").path("usage");

    int written = first.path("cache_creation_input_tokens").asInt();
    assertThat(written).isGreaterThan(1024);
    assertThat(first.at("/cache_creation/ephemeral_5m_input_tokens").asInt()).isEqualTo(written);
    assertThat(first.path("cache_read_input_tokens").asInt()).isZero();
    assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(written);
    assertThat(second.path("cache_creation_input_tokens").asInt()).isZero();
    assertThat(second.path("input_tokens").asInt()).isLessThan(20);
  }

  @Test
  void steered_cache_stands_in_its_own_fields_and_with_the_witness() {
    JsonNode usage =
        Caller.JSON
            .readTree(
                message(
                        hello(""),
                        "input_tokens=100; cached_tokens=60; cache_write_tokens=30;"
                            + " reasoning_tokens=4",
                        "kinds")
                    .body())
            .path("usage");
    assertThat(usage.path("input_tokens").asInt()).isEqualTo(10);
    assertThat(usage.path("cache_read_input_tokens").asInt()).isEqualTo(60);
    assertThat(usage.path("cache_creation_input_tokens").asInt()).isEqualTo(30);
    JsonNode served = caller.served("kinds");
    assertThat(served.path("input_tokens").asInt()).isEqualTo(100);
    assertThat(served.path("cached_tokens").asInt()).isEqualTo(60);
    assertThat(served.path("cache_write_tokens").asInt()).isEqualTo(30);
    assertThat(served.path("reasoning_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void tokens_are_counted_without_an_answer() {
    String request = hello("").replace("\"max_tokens\":2000,", "");
    assertThat(caller.posted("/v1/messages/count_tokens", request).toString())
        .isEqualTo("{\"input_tokens\":9}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | model",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | max_tokens",
        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[]} | at least one message",
        "{\"model\":\"m\",\"max_tokens\":1,\"n\":2,\"messages\":[]} | n: Extra inputs are not permitted",
      })
  void malformed_request_gets_anthropics_error(String body, String message) {
    assertThat(refused(body)).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'role':'system','content':'x'} | Unexpected role",
        "{'role':'assistant','content':'x'} | first message must use",
        "{'role':'user','content':''} | non-empty content",
        "{'role':'user','content':[{'type':'text','text':''}]} | must be non-empty",
        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':'x'}]} | unexpected `tool_use_id`",
        "{'role':'user','content':[{'type':'image_url'}]} | Input tag 'image_url'",
        "{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/bmp','data':'AA=='}}]} | media type",
        "{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'%%'}}]} | base64",
        "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]},{'role':'user','content':'y'} | without `tool_result` blocks immediately after: t",
        "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]} | without `tool_result`",
        "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':{}}]},{'role':'user','content':[{'type':'text','text':'y'},{'type':'tool_result','tool_use_id':'t','content':'z'}]} | must come before",
        "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'a b','name':'n','input':{}}]} | pattern",
        "{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use','id':'t','name':'n','input':'{}'}]} | expected: an object",
        "{'role':'user','content':'x'},{'role':'assistant','content':'y '} | trailing whitespace",
        "{'role':'user','content':'x','name':'n'} | Extra inputs",
      })
  void order_of_messages_is_held_to_the_rules_of_the_real_one(String messages, String message) {
    assertThat(
            refused(
                "{\"model\":\"m\",\"max_tokens\":5,\"messages\":["
                    + messages.replace('\'', '"')
                    + "]}"))
        .contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'temperature':1.5 | temperature",
        "'temperature':0.5,'top_p':0.5 | cannot both",
        "'thinking':{'type':'enabled'} | budget_tokens",
        "'thinking':{'type':'enabled','budget_tokens':100} | 1024",
        "'thinking':{'type':'enabled','budget_tokens':2000} | must be greater than",
        "'thinking':{'type':'enabled','budget_tokens':1024},'temperature':0.2 | only be set to 1",
        "'tool_choice':{'type':'any'} | while providing tools",
        "'tools':[{'name':'a b','input_schema':{'type':'object'}}] | pattern",
        "'tools':[{'name':'a','parameters':{'type':'object'}}] | Extra inputs",
        "'tools':[{'name':'a','input_schema':{}}] | should be 'object'",
        "'tools':[{'name':'a','input_schema':{'type':'object'}},{'name':'a','input_schema':{'type':'object'}}] | unique",
        "'stop_sequences':[' '] | non-whitespace",
        "'system':[{'type':'image'}] | Input tag",
      })
  void field_out_of_its_rules_is_refused(String field, String message) {
    assertThat(refused(hello("," + field.replace('\'', '"')))).contains(message);
  }

  @Test
  void key_and_version_are_needed_and_refusals_have_anthropics_form() {
    HttpResponse<String> keyless =
        caller.send(
            caller
                .request("/v1/messages", "Authorization", "none", "anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(hello(""))));
    assertThat(keyless.statusCode()).isEqualTo(401);
    JsonNode body = Caller.JSON.readTree(keyless.body());
    assertThat(body.path("type").asString()).isEqualTo("error");
    assertThat(body.at("/error/type").asString()).isEqualTo("authentication_error");
    assertThat(body.path("request_id").asString())
        .isEqualTo(keyless.headers().firstValue("request-id").orElse(""));
    HttpResponse<String> versionless =
        caller.send(
            caller
                .request("/v1/messages", "Authorization", "Bearer x")
                .POST(HttpRequest.BodyPublishers.ofString(hello(""))));
    assertThat(versionless.body()).contains("anthropic-version: header is required");
    HttpResponse<String> busy = message(hello(""), "status=529; retry_after=2", "busy");
    assertThat(busy.body()).contains("overloaded_error");
    assertThat(busy.headers().firstValue("Retry-After")).contains("2");
  }

  private static String hello(String more) {
    return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":2000,\"messages\":[{\"role\":\"user\","
        + "\"content\":\"Say hello\"}]"
        + more
        + "}";
  }

  private String refused(String body) {
    HttpResponse<String> response = caller.post("/v1/messages", body);
    assertThat(response.statusCode()).as(response.body()).isBetween(400, 404);
    JsonNode error = Caller.JSON.readTree(response.body());
    assertThat(error.path("type").asString()).isEqualTo("error");
    assertThat(error.at("/error/type").asString()).isEqualTo("invalid_request_error");
    return error.at("/error/message").asString();
  }

  private JsonNode message(String body, String steering) {
    return caller.posted("/v1/messages", body, "X-Sandbox", steering);
  }

  private HttpResponse<String> message(String body, String steering, String id) {
    return caller.post("/v1/messages", body, "X-Sandbox", steering, "X-Request-Id", id);
  }

  /** The blocks that the events of a stream make, as a document has them. */
  private static String joined(List<JsonNode> events) {
    ArrayNode blocks = Caller.JSON.createArrayNode();
    StringBuilder input = new StringBuilder();
    for (JsonNode event : events) {
      switch (event.path("type").asString()) {
        case "content_block_start" -> {
          assertThat(event.path("index").asInt()).isEqualTo(blocks.size());
          blocks.add(event.path("content_block"));
          input.setLength(0);
        }
        case "content_block_delta" -> {
          ObjectNode block = (ObjectNode) blocks.get(event.path("index").asInt());
          for (String field : List.of("text", "thinking", "signature")) {
            if (event.path("delta").has(field)) {
              block.put(
                  field, block.path(field).asString() + event.path("delta").path(field).asString());
            }
          }
          input.append(event.at("/delta/partial_json").asString(""));
          if (!input.isEmpty() && event.path("delta").has("partial_json")) {
            block.put("input", input.toString());
          }
        }
        case "content_block_stop" -> {
          ObjectNode block = (ObjectNode) blocks.get(event.path("index").asInt());
          if (block.path("input").isString()) {
            block.set("input", Caller.JSON.readTree(block.path("input").asString()));
          }
        }
        default -> assertThat(event.path("type").asString()).isNotEmpty();
      }
    }
    return blocks.toString();
  }

  private static List<JsonNode> events(HttpResponse<String> response) {
    List<JsonNode> events = new ArrayList<>();
    for (String event : response.body().split("\n\n")) {
      String[] lines = event.split("\n");
      JsonNode data = Caller.JSON.readTree(lines[1].substring("data: ".length()));
      assertThat(lines[0]).isEqualTo("event: " + data.path("type").asString());
      events.add(data);
    }
    return events;
  }
}
