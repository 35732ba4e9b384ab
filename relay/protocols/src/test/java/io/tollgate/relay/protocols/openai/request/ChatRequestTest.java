package io.tollgate.relay.protocols.openai.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ErrorCode;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.openai.OpenAiError;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.openai.Given;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestTest {
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

  @Test
  void what_is_given_is_read() {
    ChatRequest request =
        parse(
            "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":3,"
                + "\"max_completion_tokens\":77,"
                + MESSAGES
                + "}");
    assertThat(request.model()).isEqualTo("gpt-4o");
    assertThat(request.stream()).isTrue();
    assertThat(request.includeUsage()).isTrue();
    assertThat(request.choices()).isEqualTo(3);
    assertThat(request.maxOutputTokens()).hasValue(77);
  }

  @Test
  void what_is_not_given_or_null_has_its_default() {
    for (String more :
        new String[] {
          "",
          "\"stream\":null,\"n\":null,\"max_tokens\":null,\"stream_options\":null,\"tools\":null,",
          "\"stream\":false,"
        }) {
      ChatRequest request = parse("{\"model\":\"gpt-4o\"," + more + MESSAGES + "}");
      assertThat(request.stream()).isFalse();
      assertThat(request.includeUsage()).isFalse();
      assertThat(request.choices()).isEqualTo(1);
      assertThat(request.maxOutputTokens()).isEmpty();
    }
  }

  @Test
  void of_two_output_limits_the_greater_is_reserved() {
    ChatRequest request =
        parse("{\"model\":\"m\",\"max_tokens\":5,\"max_completion_tokens\":3," + MESSAGES + "}");
    assertThat(request.maxOutputTokens()).hasValue(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1000000001", "99999999999999999999999999", "9223372036854775808"})
  void an_output_limit_beyond_all_measure_is_cut_and_passed_on_as_it_is(String limit) {
    String body = "{\"model\":\"m\",\"max_tokens\":" + limit + "," + MESSAGES + "}";
    assertThat(parse(body).maxOutputTokens()).hasValue(TokenUsage.MAX_TOKENS);
    assertThat(text(parse(body).bodyFor("m", true))).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"messages":[{}]}                               | model    | model: missing (expected: the name of a model)
          {"model":"m"}                                   | messages | messages: missing (expected: an array of messages)
          {"model":5,"messages":[{}]}                     | model    | model: a number (expected: the name of a model, a string)
          {"model":"","messages":[{}]}                    | model    | model: 0 characters (expected: 1 to 256)
          {"model":"m","messages":"x"}                    | messages | messages: a string (expected: an array of messages)
          {"model":"m","messages":[]}                     | messages | messages: empty (expected: at least one message)
          {"model":"m","messages":[{},"x"]}               | messages[1] | messages[1]: not an object (expected: a message, an object)
          {"model":"m","messages":[{}],"n":0}             | n        | n: 0 (expected: a whole number, 1 to 128)
          {"model":"m","messages":[{}],"n":129}           | n        | n: 129 (expected: a whole number, 1 to 128)
          {"model":"m","messages":[{}],"n":1.5}           | n        | n: 1.5 (expected: a whole number, 1 to 128)
          {"model":"m","messages":[{}],"n":"2"}           | n        | n: a string (expected: a whole number, 1 to 128)
          {"model":"m","messages":[{}],"n":99999999999999999999999 } | n | n: 99999999999999999999999 (expected: a whole number, 1 to 128)
          {"model":"m","messages":[{}],"max_tokens":0}    | max_tokens | max_tokens: 0 (expected: a whole number >= 1)
          {"model":"m","messages":[{}],"max_tokens":-1}   | max_tokens | max_tokens: -1 (expected: a whole number >= 1)
          {"model":"m","messages":[{}],"max_tokens":1e9}  | max_tokens | max_tokens: 1e9 (expected: a whole number >= 1)
          {"model":"m","messages":[{}],"max_completion_tokens":true} | max_completion_tokens | max_completion_tokens: true (expected: a whole number >= 1)
          {"model":"m","messages":[{}],"stream":"yes"}    | stream   | stream: a string (expected: true or false)
          {"model":"m","messages":[{}],"stream":1}        | stream   | stream: a number (expected: true or false)
          {"model":"m","messages":[{}],"stream_options":[]} | stream_options | stream_options: an array (expected: an object)
          {"model":"m","messages":[{}],"stream_options":{"include_usage":1}} | stream_options.include_usage | stream_options.include_usage: a number (expected: true or false)
          {"model":"m","model":"n","messages":[{}]}       | model    | model: given twice (expected: once)
          {"model":"m","mod\\u0065l":"n","messages":[{}]} | model    | model: given twice (expected: once)
          {"model":"m","messages":[{}],"messages":[{}]}   | messages | messages: given twice (expected: once)
          {"model":"m","messages":[{}],"stream_options":{"include_usage":true,"include_usage":false}} | stream_options.include_usage | stream_options.include_usage: given twice (expected: once)
          """)
  void a_wrong_parameter_is_refused_by_name(String body, String param, String message) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
              assertThat(fault.refusal().sentence()).isEqualTo(message);
              assertThat(fault.param()).contains(param);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~           | body: empty (expected: a JSON object)
          not json     | body: not JSON at byte 0: no JSON value begins like this
          [1]          | body: an array (expected: a JSON object)
          "x"          | body: a string (expected: a JSON object)
          null         | body: null (expected: a JSON object)
          {"model":"m" | body: not JSON at byte 12: the JSON value is not complete
          {} {}        | body: not JSON at byte 3: something follows the JSON value
          """)
  void a_body_that_is_no_json_object_is_refused(String body, String message) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.refusal().code()).isEqualTo(ErrorCode.MALFORMED_BODY);
              assertThat(fault.refusal().sentence()).isEqualTo(message);
              assertThat(fault.param()).isEmpty();
            });
  }

  @Test
  void a_byte_order_mark_is_refused_as_such() {
    assertThatThrownBy(() -> parse("\uFEFF{}"))
        .hasMessage("body: begins with a byte order mark (expected: a JSON object)");
  }

  @Test
  void bytes_that_are_not_utf_8_are_refused() {
    byte[] body = utf8("{\"model\":\"m\"," + MESSAGES + "}");
    body[body.length - 6] = (byte) 0xC3;
    assertThatThrownBy(() -> Given.chat(body)).hasMessageContaining("not UTF-8");
  }

  @Test
  void nesting_beyond_the_limit_is_refused() {
    assertThatThrownBy(() -> parse("{\"x\":" + "[".repeat(100_000)))
        .hasMessageContaining("nested deeper than 1000 levels");
  }

  @Test
  void the_longest_name_of_a_model_is_256_characters() {
    assertThat(parse("{\"model\":\"" + "m".repeat(256) + "\"," + MESSAGES + "}").model())
        .hasSize(256);
    for (int length : new int[] {257, 1536, 100_000}) {
      assertThatThrownBy(() -> parse("{\"model\":\"" + "m".repeat(length) + "\"," + MESSAGES + "}"))
          .hasMessageContaining("(expected: 1 to 256)");
    }
  }

  @Test
  void with_nothing_to_change_the_body_itself_goes_upstream() {
    byte[] body = utf8("{\"model\":\"m\"," + MESSAGES + "}");
    assertThat(Given.chat(body).bodyFor("m", true)).isSameAs(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          { "model" : "a", "x":1.50, M} | { "model" : "b", "x":1.50, M}
          {"x":{"model":"a"},"model":"\\u0061",M,"y":1e400} | {"x":{"model":"a"},"model":"b",M,"y":1e400}
          {"model":"a",M,"stream":true} | {"stream_options":{"include_usage":true},"model":"b",M,"stream":true}
          {"model":"a",M,"stream":true,"stream_options":null} | {"model":"b",M,"stream":true,"stream_options":{"include_usage":true}}
          {"stream_options":{ },"model":"a",M,"stream":true} | {"stream_options":{"include_usage":true },"model":"b",M,"stream":true}
          {"stream_options":{"x":1},"model":"a",M,"stream":true} | {"stream_options":{"include_usage":true,"x":1},"model":"b",M,"stream":true}
          {"stream_options":{"include_usage": false},"model":"a",M,"stream":true} | {"stream_options":{"include_usage": true},"model":"b",M,"stream":true}
          {"stream_options":{"include_usage":null},"model":"a",M,"stream":true} | {"stream_options":{"include_usage":true},"model":"b",M,"stream":true}
          {"stream_options":{"include_usage":true},"model":"a",M,"stream":true} | {"stream_options":{"include_usage":true},"model":"b",M,"stream":true}
          {"stream_options":{"include_usage":false},"model":"a",M} | {"stream_options":{"include_usage":false},"model":"b",M}
          """)
  void rewriting_changes_the_model_and_asks_for_usage_and_nothing_else(String body, String sent) {
    ChatRequest request = parse(body.replace("M", MESSAGES));
    assertThat(text(request.bodyFor("b", true))).isEqualTo(sent.replace("M", MESSAGES));
    assertThat(request.model()).isEqualTo("a");
  }

  @Test
  void a_rewritten_body_reads_as_a_stream_with_usage() {
    ChatRequest request = parse("{\"model\":\"a\",\"stream\":true," + MESSAGES + "}");
    ChatRequest sent = Given.chat(request.bodyFor("quote \" and \\ back", true));
    assertThat(sent.model()).isEqualTo("quote \" and \\ back");
    assertThat(sent.includeUsage()).isTrue();
  }

  @Test
  void a_body_cut_anywhere_is_refused() {
    byte[] body =
        utf8(
            "{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"n\":2,"
                + "\"tools\":[{}],"
                + MESSAGES
                + "}");
    for (int cut = 0; cut < body.length; cut++) {
      byte[] part = Arrays.copyOf(body, cut);
      assertThatThrownBy(() -> Given.chat(part)).isInstanceOf(RequestFault.class);
    }
  }

  /** 3 for the request, 4 for each message, and its texts as o200k counts them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"role":"user","content":"Hello"}                                        | 8
          {"role":"user","content":"Hello","name":"Ann"}                           | 10
          {"role":"user","content":"Hel\\u006co"}                                  | 8
          {"role":"user","content":[{"type":"text","text":"Hello"}]}               | 8
          {"role":"user","content":[{"type":"text","text":"Hello"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]} | 1113
          {"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.org/a.png","detail":"low"}}]} | 92
          {"role":"user","content":[{"type":"image_url","image_url":{"detail":"high","url":"x"}}]} | 1112
          {"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}]} | 8
          {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"Hello","arguments":""}}]} | 8
          {"role":"tool","tool_call_id":"call_1","content":"Hello"}                | 8
          {"role":"user","content":"Hello"},{"role":"assistant","content":"Hello"} | 13
          """)
  void input_is_counted_as_the_model_reads_it(String messages, long tokens) {
    ChatRequest request = parse("{\"model\":\"gpt-4o\",\"messages\":[" + messages + "]}");
    assertThat(Counters.EXACT.count(request.model(), request.input())).isEqualTo(tokens);
  }

  @Test
  void tool_definitions_and_schemas_count_as_their_text() {
    String tools = "[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";
    for (String name : new String[] {"tools", "functions", "response_format"}) {
      ChatRequest request =
          parse("{\"model\":\"gpt-4o\",\"" + name + "\": " + tools + "," + MESSAGES + "}");
      byte[] bytes = utf8(tools);
      assertThat(Counters.EXACT.count("gpt-4o", request.input()))
          .isEqualTo(8 + Counters.EXACT.count("gpt-4o", bytes, 0, bytes.length));
    }
  }

  @Test
  void without_a_tokenizer_bytes_count_as_a_third() {
    ChatRequest request = parse("{\"model\":\"claude-sonnet-4-5\"," + MESSAGES + "}");
    assertThat(Counters.EXACT.count(request.model(), request.input())).isEqualTo(7 + 2);
  }

  @Test
  void more_texts_than_are_remembered_count_as_a_third_of_their_bytes() {
    String part = "{\"type\":\"text\",\"text\":\"abc\"},";
    String parts = part.repeat(10_000);
    ChatRequest request =
        parse(
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":["
                + parts.substring(0, parts.length() - 1)
                + "]}]}");
    assertThat(Counters.EXACT.count("gpt-4o", request.input())).isEqualTo(7 + 10_000);
  }

  @Test
  void the_fault_of_a_parameter_is_answered_with_its_name() {
    OpenAiError answer =
        new OpenAiErrors(402).of(RequestFault.of("n", "0 (expected: a whole number, 1 to 128)"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.param()).isEqualTo(Optional.of("n"));
  }

  private static ChatRequest parse(String body) {
    return Given.chat(utf8(body));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
