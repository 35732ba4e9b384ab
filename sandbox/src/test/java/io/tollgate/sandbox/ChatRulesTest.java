package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatRulesTest {
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}},{\"type\":\"function\","
          + "\"function\":{\"name\":\"find\"}}]";

  private final SandboxProvider sandbox;
  private final Caller caller;

  ChatRulesTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'role':'tool','tool_call_id':'c','content':'x'} | must be a response to a preceding message",
        "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]} | did not have response messages: c",
        "{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':{}}}]} | expected: a string",
        "{'role':'assistant','tool_calls':[]} | empty array",
        "{'role':'assistant','content':[{'type':'image_url','image_url':{'url':'https://x.y'}}]} | Supported values",
        "{'role':'user','content':[{'type':'input_text','text':'x'}]} | Supported values",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,%%'}}]} | base64",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'ftp://x'}}]} | a URL",
      })
  void messages_are_held_to_the_rules_of_the_real_one(String message, String told) {
    HttpResponse<String> response =
        caller.chat("{\"model\":\"m\",\"messages\":[" + message.replace('\'', '"') + "]}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/message").asString())
        .contains(told);
  }

  @Test
  void models_that_think_take_the_newer_limit_only_and_think_when_asked() {
    String body = Caller.HELLO.replace("gpt-4o-mini", "gpt-5");
    assertThat(caller.chat(with(body, ",\"max_tokens\":5")).body())
        .contains("max_completion_tokens");
    JsonNode usage = caller.answer(with(body, ",\"reasoning_effort\":\"low\"")).path("usage");
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt()).isPositive();
  }

  @Test
  void strict_schema_must_be_closed() {
    String format =
        ",\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"strict\":"
            + "true,\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},"
            + "\"required\":[\"a\"],\"additionalProperties\":false}}}";
    assertThat(caller.chat(with(Caller.HELLO, format)).statusCode()).isEqualTo(200);
    assertThat(caller.chat(with(Caller.HELLO, format.replace("[\"a\"]", "[]"))).body())
        .contains("'required'");
  }

  @Test
  void stop_text_ends_the_answer_before_it_is_said() {
    JsonNode answer =
        caller.answer(with(Caller.HELLO, ",\"stop\":\".\""), "X-Sandbox", "output_tokens=30");
    assertThat(answer.at("/choices/0/message/content").asString()).doesNotContain(".");
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(12);
  }

  @Test
  void tools_are_called_in_parallel_when_steered_whole_and_streamed() {
    JsonNode calls =
        caller
            .answer(with(Caller.HELLO, TOOLS), "X-Sandbox", "tool_calls=3")
            .at("/choices/0/message/tool_calls");
    assertThat(calls.valueStream().map(call -> call.at("/function/name").asString()))
        .containsExactly("look", "find", "look");
    List<String> events =
        Caller.events(
            caller.chat(with(Caller.HELLO_STREAM, TOOLS), "X-Sandbox", "tool_calls=3").body());
    for (int index = 0; index < 3; index++) {
      StringBuilder arguments = new StringBuilder();
      for (String event : events.subList(0, events.size() - 1)) {
        JsonNode call = Caller.JSON.readTree(event).at("/choices/0/delta/tool_calls/0");
        if (call.path("index").asInt(-1) == index) {
          arguments.append(call.at("/function/arguments").asString(""));
        }
      }
      assertThat(arguments.toString())
          .isEqualTo(calls.at("/" + index + "/function/arguments").asString());
    }
    assertThat(caller.chat(Caller.HELLO, "X-Sandbox", "tool_calls=1").body())
        .contains("only where tools are offered");
  }

  @ParameterizedTest
  @CsvSource({
    "stop,stop",
    "length,length",
    "context_window,length",
    "content_filter,content_filter",
    "blocked,content_filter",
    "refusal,stop",
    "other,stop"
  })
  void steered_end_is_told_in_openais_words(String finish, String reason) {
    JsonNode answer = caller.steered("finish=" + finish);
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo(reason);
    assertThat(answer.at("/choices/0/message/refusal").isString())
        .isEqualTo(finish.equals("refusal"));
    assertThat(caller.chat(Caller.HELLO, "X-Sandbox", "finish=never").body())
        .contains("content_filter, refusal");
  }

  @Test
  void written_cache_stands_in_its_own_field_and_with_the_witness() {
    JsonNode usage =
        caller
            .answer(
                Caller.HELLO,
                "X-Sandbox",
                "input_tokens=100; cached_tokens=60; cache_write_tokens=40",
                "X-Request-Id",
                "written")
            .path("usage");
    assertThat(usage.at("/prompt_tokens_details/cache_write_tokens").asInt()).isEqualTo(40);
    assertThat(caller.served("written").path("cache_write_tokens").asInt()).isEqualTo(40);
    assertThat(caller.served().path("cache_write_tokens").asInt()).isEqualTo(40);
    assertThat(
            caller
                .chat(
                    Caller.HELLO,
                    "X-Sandbox",
                    "input_tokens=100; cached_tokens=60; cache_write_tokens=41")
                .statusCode())
        .isEqualTo(400);
  }

  private static String with(String body, String more) {
    return body.substring(0, body.length() - 1) + more + "}";
  }
}
