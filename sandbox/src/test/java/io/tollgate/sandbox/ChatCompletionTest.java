package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatCompletionTest {
  private final SandboxProvider sandbox;
  private final Caller caller;

  ChatCompletionTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @BeforeAll
  void answers() {
    assertThat(caller.get("/health").statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void answer_has_the_shape_of_openai() {
    JsonNode answer = caller.answer(Caller.HELLO);

    assertThat(answer.path("id").asString()).startsWith("chatcmpl-");
    assertThat(answer.path("object").asString()).isEqualTo("chat.completion");
    assertThat(answer.path("created").isIntegralNumber()).isTrue();
    assertThat(answer.path("model").asString()).isEqualTo("gpt-4o-mini");
    JsonNode choice = answer.path("choices").path(0);
    assertThat(choice.path("message").path("role").asString()).isEqualTo("assistant");
    assertThat(choice.path("message").path("content").asString()).isNotEmpty();
    assertThat(choice.path("finish_reason").asString()).isEqualTo("stop");
    JsonNode usage = answer.path("usage");
    // 3 for the answer's head, 3 + 1 for the message and its role, "Say", " hello"
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(9);
    assertThat(usage.path("total_tokens").asInt())
        .isEqualTo(9 + usage.path("completion_tokens").asInt());
    assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt(-1)).isZero();
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt(-1)).isZero();
  }

  @Test
  void same_request_gets_same_answer_and_another_gets_another() {
    String one = caller.answer(Caller.HELLO).at("/choices/0/message/content").asString();
    String again = caller.answer(Caller.HELLO).at("/choices/0/message/content").asString();
    String other =
        caller
            .answer(Caller.HELLO.replace("hello", "goodbye"))
            .at("/choices/0/message/content")
            .asString();

    assertThat(again).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"claude-sonnet-4-5", "gemini-2.5-flash", "accounts/x/models/llama-v3:free", "o3"})
  void any_well_formed_model_name_is_served(String model) {
    JsonNode answer = caller.answer(Caller.HELLO.replace("gpt-4o-mini", model));
    assertThat(answer.path("model").asString()).isEqualTo(model);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
  void output_limit_ends_the_answer_with_length(String limit) {
    JsonNode answer = caller.answer(with("\"" + limit + "\":5"));
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(5);
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
  }

  @Test
  void n_choices_are_each_counted() {
    JsonNode answer = caller.answer(with("\"n\":3,\"max_tokens\":5"));
    assertThat(answer.path("choices").size()).isEqualTo(3);
    assertThat(answer.at("/choices/2/index").asInt()).isEqualTo(2);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(15);
    assertThat(answer.at("/choices/0/message/content").asString())
        .isNotEqualTo(answer.at("/choices/1/message/content").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"tool_choice\":\"required\" | hello",
        "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}} | hello",
        "\"tool_choice\":\"auto\" | please use get_weather now",
        "\"parallel_tool_calls\":true | please use get_weather now"
      })
  void tool_is_called_when_forced_or_named(String choice, String text) {
    JsonNode answer = caller.answer(withTool(choice, text));

    JsonNode call = answer.at("/choices/0/message/tool_calls/0");
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
    assertThat(call.path("type").asString()).isEqualTo("function");
    assertThat(call.at("/function/name").asString()).isEqualTo("get_weather");
    JsonNode arguments = Caller.JSON.readTree(call.at("/function/arguments").asString());
    assertThat(arguments.path("city").isString()).isTrue();
    assertThat(arguments.path("days").isIntegralNumber()).isTrue();
    assertThat(arguments.path("unit").asString()).isIn("celsius", "fahrenheit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"\"tool_choice\":\"none\" | use get_weather", "\"tool_choice\":\"auto\" | hello"})
  void tool_is_not_called_otherwise(String choice, String text) {
    JsonNode answer = caller.answer(withTool(choice, text));
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
  }

  @Test
  void tool_result_gets_an_answer_in_words() {
    String request =
        withTool("\"tool_choice\":\"auto\"", "use get_weather")
            .replace(
                "}],\"tools\"",
                "},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\","
                    + "\"type\":\"function\",\"function\":{\"name\":\"get_weather\","
                    + "\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\","
                    + "\"content\":\"get_weather says 20\"}],\"tools\"");
    assertThat(caller.answer(request).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
  }

  @Test
  void json_is_answered_when_asked_for() {
    String object =
        caller
            .answer(with("\"response_format\":{\"type\":\"json_object\"}"))
            .at("/choices/0/message/content")
            .asString();
    String schema =
        caller
            .answer(
                with(
                    "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\","
                        + "\"schema\":{\"type\":\"object\",\"properties\":{\"ok\":"
                        + "{\"type\":\"boolean\"}}}}}"))
            .at("/choices/0/message/content")
            .asString();

    assertThat(Caller.JSON.readTree(object).path("answer").isString()).isTrue();
    assertThat(Caller.JSON.readTree(schema).path("ok").isBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | 400 | ",
        "[] | 400 | ",
        "{} | 400 | model",
        "{\"model\":7} | 400 | model",
        "{\"model\":\"a b\",\"messages\":[]} | 404 | model",
        "{\"model\":\"m\"} | 400 | messages",
        "{\"model\":\"m\",\"messages\":[]} | 400 | messages",
        "{\"model\":\"m\",\"messages\":[7]} | 400 | messages[0]",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]} | 400 | messages[0].role",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]} | 400 | messages[0].content",
      })
  void malformed_request_gets_openais_error(String body, int status, String param) {
    HttpResponse<String> response = caller.chat(body);

    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = Caller.JSON.readTree(response.body()).path("error");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("message").asString()).isNotEmpty();
    assertThat(error.path("param").asString("")).isEqualTo(param == null ? "" : param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"max_tokens\":0 | max_tokens",
        "\"max_tokens\":1.5 | max_tokens",
        "\"max_tokens\":1,\"max_completion_tokens\":1 | max_tokens",
        "\"n\":0 | n",
        "\"n\":129 | n",
        "\"stream\":\"yes\" | stream",
        "\"stream_options\":{\"include_usage\":true} | stream_options",
        "\"temperature\":3 | temperature",
        "\"tool_choice\":\"required\" | tool_choice",
        "\"tools\":{} | tools",
        "\"response_format\":{\"type\":\"xml\"} | response_format.type",
      })
  void value_out_of_range_is_refused_by_name(String field, String param) {
    HttpResponse<String> response = caller.chat(with(field));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/param").asString())
        .isEqualTo(param);
  }

  @Test
  void key_is_needed() {
    HttpResponse<String> response = caller.chat(Caller.HELLO, "Authorization", "Bearer  ");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Caller.JSON.readTree(response.body()).at("/error/code").asString())
        .isEqualTo("invalid_api_key");
  }

  @Test
  void unknown_path_and_wrong_method_are_told_apart() {
    assertThat(caller.get("/v2/nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = caller.get("/v1/chat/completions");
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(wrong.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void models_are_listed() {
    JsonNode list = Caller.JSON.readTree(caller.get("/v1/models").body());
    assertThat(list.path("object").asString()).isEqualTo("list");
    assertThat(list.path("data").valueStream().map(model -> model.path("id").asString()))
        .contains("gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash");
    assertThat(caller.get("/v1/models/gpt-4o-mini").statusCode()).isEqualTo(200);
    assertThat(caller.get("/v1/models/other").statusCode()).isEqualTo(404);
  }

  @Test
  void body_over_32_mib_is_refused() {
    String big = Caller.HELLO.replace("hello", "x".repeat(33 * 1024 * 1024));
    assertThat(caller.chat(big).statusCode()).isEqualTo(413);
  }

  @Test
  void long_prompt_counts_a_quarter_of_its_bytes() {
    String big = Caller.HELLO.replace("Say hello", "x".repeat(400_000));
    assertThat(caller.answer(big).at("/usage/prompt_tokens").asInt()).isEqualTo(7 + 100_000);
  }

  private static String with(String field) {
    return Caller.HELLO.substring(0, Caller.HELLO.length() - 1) + "," + field + "}";
  }

  private static String withTool(String choice, String text) {
    return with("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\",\"parameters\":"
            + "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},\"days\":"
            + "{\"type\":\"integer\"},\"unit\":{\"enum\":[\"celsius\",\"fahrenheit\"]}}}}}],"
            + choice)
        .replace("Say hello", text);
  }
}
