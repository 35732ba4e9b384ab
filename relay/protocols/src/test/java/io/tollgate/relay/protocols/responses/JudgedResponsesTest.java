package io.tollgate.relay.protocols.responses;

import static io.tollgate.relay.protocols.responses.Said.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.relay.protocols.usage.UsageRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as an answer, and which of its reports are believed. */
class JudgedResponsesTest {
  /** 300 bytes sent, 40 tokens counted, a model of 128,000 and 16,384 tokens. */
  private static final UsageBounds BOUNDS =
      UsageBounds.of(40, 300, false, 128_000, 16_384, 16_384, 4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<!DOCTYPE html><html></html>",
        "{}",
        "[]",
        "null",
        "{\"id\":\"resp_1\",\"object\":\"response\"}",
        "{\"output\":[{\"type\":\"mess",
        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"}}]}",
        "data: [DONE]\n\n",
        ": comment\n\n",
        "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"r\"}}\n\n",
        "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"Hel\"}\n\n"
      })
  void what_is_no_response_is_no_answer_and_free(String body) {
    WholeAnswer whole = call(false).whole(utf8(body), Said.terms());
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.NoAnswer.class);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"error":{"message":"Overloaded","type":"server_error","code":"503"}}           | 503 | Overloaded
          {"error":"broken"}                                                              | 502 | broken
          {"object":"error","message":"no such model","code":404}                         | 404 | no such model
          {"code":500,"msg":"system error"}                                               | 502 | system error
          {"status":"failed","error":{"code":"server_error","message":"failed"},"output":[]} | 502 | failed
          {"status":"failed","error":{"code":"invalid_prompt","message":"no"},"output":[]}   | 400 | no
          {"status":"failed","error":null,"output":[]}                                    | 502 | The upstream answered with status 502.
          data: {"type":"error","code":"rate_limit_exceeded","message":"slow down","param":null} | 429 | slow down
          data: {"type":"error","error":{"type":"invalid_request_error","message":"bad","code":"context_length_exceeded"}} | 400 | bad
          data: {"error":{"message":"key sk-proj-0a1b2c3d4e5f60718293 is banned","code":"401"}} | 401 | key [key] is banned
          data: {"type":"overloaded_error","message":"later"}                             | 502 | later
          """)
  void an_error_in_place_of_a_response_is_one_and_cleaned(String body, int status, String message) {
    WholeAnswer whole = call(false).whole(utf8(body), Said.terms());
    AnswerVerdict.Failed failed = (AnswerVerdict.Failed) whole.verdict();
    assertThat(failed.fault().status()).isEqualTo(status);
    assertThat(failed.fault().message()).isEqualTo(message);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.NONE);
    if (body.startsWith("data:")) {
      StreamTap tap = call(true).stream(Said.terms());
      assertThat(tap.accept(utf8(body + "\n\n"))).isEmpty();
      assertThat(tap.verdict()).contains(failed);
    }
  }

  @Test
  void a_message_without_words_is_whole_and_free() {
    WholeAnswer whole =
        call(false).whole(utf8(Said.response("completed", Said.message(""), "null")), Said.terms());
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Empty.class);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void what_was_only_thought_is_an_answer_where_it_is_reported() {
    String usage = "{\"input_tokens\":9,\"output_tokens\":64,\"total_tokens\":73}";
    WholeAnswer whole =
        call(false).whole(utf8(Said.response("completed", "", usage)), Said.terms());
    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.of(9, 64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"input_tokens":300,"input_tokens_details":{"cached_tokens":200,"cache_write_tokens":50},"output_tokens":40,"output_tokens_details":{"reasoning_tokens":30},"total_tokens":340} | 50 | 200 | 50 | 10 | 30
          {"input_tokens":300,"input_tokens_details":{"cached_tokens":null},"output_tokens":40,"output_tokens_details":null,"total_tokens":null} | 300 | 0 | 0 | 40 | 0
          {"input_tokens":300,"input_tokens_details":null,"output_tokens":40,"total_tokens":360} | 300 | 0 | 0 | 60 | 0
          {"prompt_tokens":300,"completion_tokens":40,"total_tokens":340} | 300 | 0 | 0 | 40 | 0
          {"output_tokens":40,"total_tokens":340} | 300 | 0 | 0 | 40 | 0
          """)
  void each_kind_of_token_is_read_and_none_is_counted_twice(
      String report, long input, long cached, long written, long output, long reasoning) {
    ChargedUsage charged = charged(report);
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage().count(UsageKind.TEXT_INPUT)).isEqualTo(input);
    assertThat(charged.usage().count(UsageKind.CACHE_READ)).isEqualTo(cached);
    assertThat(charged.usage().count(UsageKind.CACHE_WRITE)).isEqualTo(written);
    assertThat(charged.usage().count(UsageKind.TEXT_OUTPUT)).isEqualTo(output);
    assertThat(charged.usage().count(UsageKind.REASONING)).isEqualTo(reasoning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"input_tokens":-5,"output_tokens":4}                                            | WHOLE_NUMBERS
          {"input_tokens":"9","output_tokens":4}                                           | WHOLE_NUMBERS
          {"input_tokens":9}                                                               | BOTH_SIDES
          {"input_tokens":9,"input_tokens_details":{"cached_tokens":90},"output_tokens":4} | PARTS_WITHIN_WHOLES
          {"input_tokens":0,"output_tokens":0,"total_tokens":0}                            | NOT_NOTHING
          {"input_tokens":1000000,"output_tokens":4}                                       | INPUT_AS_SENT
          {"input_tokens":9,"output_tokens":1000000}                                       | OUTPUT_AS_ALLOWED
          """)
  void a_report_that_cannot_be_true_is_not_charged(String report, UsageRule rule) {
    ChargedUsage charged = charged(report);
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(rule);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(40, 7));
  }

  @Test
  void without_a_report_what_was_delivered_is_counted_thoughts_and_calls_too() {
    StreamTap tap = call(true).stream(Said.terms(Counters.EXACT, BOUNDS));
    int end = Said.STREAM.indexOf("event: response.completed");
    tap.accept(utf8(Said.STREAM.substring(0, end)));
    long all = tap.countedOutput();
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(40, all));
    assertThat(tap.chargedSoFar().usage()).isEqualTo(TokenUsage.of(40, all));
    StreamTap words = call(true).stream(Said.terms(Counters.EXACT, BOUNDS));
    words.accept(
        utf8(Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text"))));
    assertThat(words.countedOutput()).isBetween(1L, all - 1);
  }

  private static ChargedUsage charged(String report) {
    return call(false)
        .whole(
            utf8(Said.response("completed", Said.message("Hello there, how are you?"), report)),
            Said.terms(Counters.EXACT, BOUNDS))
        .charged();
  }

  private static UpstreamCall call(boolean stream) {
    return new ResponsesUpstream(ThinkingTable.USUAL)
        .call(
            Said.request("{\"model\":\"gpt-5\",\"input\":\"Hi\",\"stream\":" + stream + "}"),
            "gpt-5");
  }
}
