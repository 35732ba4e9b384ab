package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResponsesTest {
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"name\":\"look\",\"parameters\":{\"type\":\"object\","
          + "\"properties\":{\"city\":{\"type\":\"string\"}}}}]";

  private final SandboxProvider sandbox;
  private final Caller caller;

  ResponsesTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void response_has_the_shape_of_openai() {
    JsonNode response = response("", "");
    assertThat(response.path("object").asString()).isEqualTo("response");
    assertThat(response.path("status").asString()).isEqualTo("completed");
    assertThat(response.at("/output/0/type").asString()).isEqualTo("message");
    assertThat(response.at("/output/0/content/0/type").asString()).isEqualTo("output_text");
    assertThat(response.at("/output/0/content/0/text").asString()).isNotEmpty();
    assertThat(response.at("/usage/input_tokens").asInt()).isEqualTo(9);
    assertThat(response.at("/usage/total_tokens").asInt())
        .isEqualTo(9 + response.at("/usage/output_tokens").asInt());
    assertThat(response.path("previous_response_id").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "output_tokens=5 | ",
        "reasoning_tokens=7; output_tokens=12 | ,'reasoning':{'summary':'auto'}",
        "reasoning_tokens=7; output_tokens=12 | ",
        "finish=refusal | ",
        "finish=content_filter | ",
        "finish=blocked | ",
        "tool_calls=3; reasoning_tokens=2 | TOOLS",
        "output_tokens=50 | ,'max_output_tokens':16"
      })
  void stream_tells_every_event_in_order_and_ends_as_the_whole_response(
      String steering, String more) {
    String fields = more == null ? "" : more.equals("TOOLS") ? TOOLS : more.replace('\'', '"');
    JsonNode whole = response(fields, steering);
    List<JsonNode> events = events(stream(fields, steering));

    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt(-1)).isEqualTo(i);
    }
    assertThat(events.get(0).path("type").asString()).isEqualTo("response.created");
    assertThat(events.get(1).path("type").asString()).isEqualTo("response.in_progress");
    JsonNode last = events.getLast();
    assertThat(last.path("type").asString())
        .isEqualTo("response." + whole.path("status").asString());
    assertThat(last.at("/response/usage")).isEqualTo(whole.path("usage"));
    assertThat(texts(last.at("/response/output"))).isEqualTo(texts(whole.path("output")));
    StringBuilder deltas = new StringBuilder();
    StringBuilder items = new StringBuilder();
    for (JsonNode event : events) {
      deltas.append(event.path("delta").asString(""));
      if (event.path("type").asString().equals("response.output_item.done")) {
        items.append(texts(event.path("item")));
      }
    }
    assertThat(deltas.toString()).isEqualTo(texts(whole.path("output")));
    assertThat(items.toString()).isEqualTo(texts(whole.path("output")));
  }

  @Test
  void length_and_filter_make_it_incomplete() {
    JsonNode cut = response(",\"max_output_tokens\":16", "output_tokens=50");
    assertThat(cut.path("status").asString()).isEqualTo("incomplete");
    assertThat(cut.at("/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
    assertThat(cut.at("/usage/output_tokens").asInt()).isEqualTo(16);
    assertThat(response("", "finish=content_filter").at("/incomplete_details/reason").asString())
        .isEqualTo("content_filter");
  }

  @Test
  void thought_is_an_item_and_goes_back_encrypted() {
    JsonNode response =
        response(
            ",\"reasoning\":{\"effort\":\"low\"},\"include\":[\"reasoning.encrypted_content\"]",
            "");
    JsonNode thought = response.at("/output/0");
    assertThat(thought.path("type").asString()).isEqualTo("reasoning");
    assertThat(thought.path("summary").isEmpty()).isTrue();
    assertThat(response.at("/usage/output_tokens_details/reasoning_tokens").asInt()).isPositive();
    String again =
        "{\"model\":\"gpt-5\",\"input\":[{\"role\":\"user\",\"content\":\"x\"},"
            + thought
            + ",{\"role\":\"assistant\",\"content\":\"y\"},{\"role\":\"user\",\"content\":\"z\"}]}";
    assertThat(caller.post("/v1/responses", again).statusCode()).isEqualTo(200);
    assertThat(
            caller
                .post(
                    "/v1/responses",
                    again.replaceFirst("encrypted_content\":\"", "encrypted_content\":\"AAAA"))
                .body())
        .contains("could not be verified");
  }

  @Test
  void conversation_goes_on_from_an_earlier_response_whose_calls_must_be_answered() {
    JsonNode first = response(TOOLS + ",\"tool_choice\":\"required\"", "");
    String id = first.path("id").asString();
    String call = first.at("/output/0/call_id").asString();
    String go = ",\"previous_response_id\":\"" + id + "\"";
    assertThat(refused(go)).contains("No tool output found for function call " + call);
    JsonNode second =
        caller.posted(
            "/v1/responses",
            "{\"model\":\"gpt-4o\",\"previous_response_id\":\""
                + id
                + "\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\""
                + call
                + "\",\"output\":\"20\"}]}");
    assertThat(second.at("/usage/input_tokens").asInt())
        .isGreaterThan(first.at("/usage/total_tokens").asInt());
    assertThat(second.path("previous_response_id").asString()).isEqualTo(id);
    assertThat(refused(",\"previous_response_id\":\"resp_none\"")).contains("not found");
    HttpResponse<String> other =
        caller.post("/v1/responses", hello(go), "Authorization", "Bearer another");
    assertThat(other.statusCode()).isEqualTo(400);
  }

  @Test
  void stored_response_is_found_and_deleted_by_its_own_key_only() {
    String path = "/v1/responses/" + response("", "").path("id").asString();
    assertThat(caller.get(path).statusCode()).isEqualTo(200);
    assertThat(caller.get(path, "Authorization", "Bearer another").statusCode()).isEqualTo(404);
    assertThat(caller.post(path + "/cancel", "").body()).contains("synchronous");
    assertThat(caller.send(caller.request(path).DELETE()).body()).contains("\"deleted\":true");
    assertThat(caller.get(path).statusCode()).isEqualTo(404);
    String unkept = response(",\"store\":false", "").path("id").asString();
    assertThat(caller.get("/v1/responses/" + unkept).statusCode()).isEqualTo(404);
  }

  @Test
  void background_response_is_there_later_and_counted_once_it_is() {
    JsonNode queued =
        caller.posted(
            "/v1/responses",
            hello(",\"background\":true"),
            "X-Sandbox",
            "output_tokens=6",
            "X-Request-Id",
            "later");
    assertThat(queued.path("status").asString()).isEqualTo("queued");
    assertThat(caller.served("later").path("completed").asBoolean()).isFalse();
    String path = "/v1/responses/" + queued.path("id").asString();
    assertThat(Caller.JSON.readTree(caller.get(path).body()).path("status").asString())
        .isEqualTo("in_progress");
    await()
        .until(
            () ->
                Caller.JSON
                    .readTree(caller.get(path).body())
                    .path("status")
                    .asString()
                    .equals("completed"));
    assertThat(caller.served("later").path("output_tokens").asInt()).isEqualTo(6);
    assertThat(caller.served("later").path("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void background_response_is_cancelled_and_costs_nothing() {
    JsonNode queued =
        caller.posted("/v1/responses", hello(",\"background\":true"), "X-Request-Id", "cancelled");
    String path = "/v1/responses/" + queued.path("id").asString();
    assertThat(caller.posted(path + "/cancel", "").path("status").asString())
        .isEqualTo("cancelled");
    assertThat(caller.served("cancelled").path("output_tokens").asInt()).isZero();
    assertThat(caller.served("cancelled").path("input_tokens").asInt()).isZero();
  }

  @Test
  void background_response_survives_a_restart_and_is_counted_by_the_next_process(
      @TempDir Path other) {
    String path;
    try (SandboxProvider before = SandboxProvider.start(SandboxOptions.local(0, other))) {
      Caller first = new Caller(before.port());
      path =
          "/v1/responses/"
              + first
                  .posted(
                      "/v1/responses", hello(",\"background\":true"), "X-Request-Id", "survivor")
                  .path("id")
                  .asString();
    }
    try (SandboxProvider after = SandboxProvider.start(SandboxOptions.local(0, other))) {
      Caller second = new Caller(after.port());
      await().until(() -> second.get(path).body().contains("\"status\":\"completed\""));
      JsonNode served = second.served("survivor");
      assertThat(served.path("attempts").asInt()).isEqualTo(1);
      assertThat(served.path("output_tokens").asInt()).isPositive();
      assertThat(served.path("input_tokens").asInt()).isEqualTo(9);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        ",'foo':1 | Unknown parameter: 'foo'",
        ",'messages':[] | Unknown parameter: 'messages'",
        ",'max_output_tokens':5 | expected: >= 16",
        ",'tools':[{'type':'function','function':{'name':'x'}}] | tools[0].name",
        ",'tool_choice':'required' | with 'tools'",
        ",'text':{'format':{'type':'json_schema','schema':{}}} | text.format.name",
        ",'text':{'format':{'type':'json_schema','name':'x','strict':true,'schema':{'type':'object','properties':{}}}} | additionalProperties",
        ",'background':true,'store':false | requires 'store'",
        ",'temperature':3 | temperature",
        ",'reasoning':{'effort':'huge'} | reasoning.effort",
      })
  void field_out_of_its_rules_is_refused(String field, String message) {
    assertThat(refused(field.replace('\'', '"'))).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "7 | expected: a string or an array",
        "[] | Missing required parameter: 'input'",
        "[{'role':'tool','content':'x'}] | Supported values",
        "[{'role':'user','content':[{'type':'text','text':'x'}]}] | Supported values",
        "[{'role':'assistant','content':[{'type':'input_text','text':'x'}]}] | Supported values",
        "[{'type':'function_call_output','call_id':'c','output':'x'}] | No tool call found",
        "[{'type':'function_call','call_id':'c','name':'n','arguments':'{}'}] | No tool output found",
        "[{'type':'function_call','call_id':'c','name':'n','arguments':{}}] | expected: a string",
        "[{'role':'user','content':[{'type':'input_image','image_url':'data:image/png;base64,%%'}]}] | base64",
      })
  void input_is_held_to_the_rules_of_the_real_one(String input, String message) {
    HttpResponse<String> response =
        caller.post(
            "/v1/responses", "{\"model\":\"m\",\"input\":" + input.replace('\'', '"') + "}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/message").asString())
        .contains(message);
  }

  private static String hello(String more) {
    return "{\"model\":\"gpt-4o-mini\",\"input\":\"Say hello\"" + more + "}";
  }

  private JsonNode response(String more, String steering) {
    return caller.posted("/v1/responses", hello(more), "X-Sandbox", steering);
  }

  private HttpResponse<String> stream(String more, String steering) {
    return caller.post("/v1/responses", hello(",\"stream\":true" + more), "X-Sandbox", steering);
  }

  private String refused(String more) {
    HttpResponse<String> response = caller.post("/v1/responses", hello(more));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    return Caller.JSON.readTree(response.body()).at("/error/message").asString();
  }

  /** All that a part of a document says. */
  private static String texts(JsonNode node) {
    StringBuilder texts = new StringBuilder();
    for (String field : List.of("text", "refusal", "arguments")) {
      texts.append(node.path(field).asString(""));
    }
    for (JsonNode below : node) {
      if (below.isContainer()) {
        texts.append(texts(below));
      }
    }
    return texts.toString();
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
