package io.tollgate.relay.protocols.openai.answer;

import static io.tollgate.relay.protocols.openai.Given.text;
import static io.tollgate.relay.protocols.openai.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.AnswerForm;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.AnswerVerdict.Answer;
import io.tollgate.relay.protocols.AnswerVerdict.Empty;
import io.tollgate.relay.protocols.AnswerVerdict.Failed;
import io.tollgate.relay.protocols.AnswerVerdict.NoAnswer;
import io.tollgate.relay.protocols.openai.Given;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What counts as an answer at all; names begin with the fault's number. */
class JudgedAnswersTest {
  private static final String DONE = "data: [DONE]\n\n";
  private static final String ROLE = Answers.delta(0, "{\"role\":\"assistant\",\"content\":\"\"}");
  private static final String STOP = Answers.finish(0, "stop");
  private static final AnswerTerms TERMS =
      new AnswerTerms(
          Given.input(30).counter(),
          "gpt-4o-mini",
          Given.input(30).bounds(),
          AccountTraces.of("0a1b2c3d4e5f60718293", "relay-7.upstream.example", "acct-west-2"),
          Given.REQUEST_ID,
          Given.AT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html><title>Just a moment...</title></html>",
        "Service Unavailable",
        "{\"choices\":[{\"message\":{\"content\":\"Hel",
        "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]",
        "\"text\"",
        "[]",
        "null"
      })
  void b03_what_is_no_whole_json_document_is_no_answer_and_free(String body) {
    assertNoAnswer(body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n",
        "{}",
        "{\"choices\":null}",
        "{\"choices\":[]}",
        "{\"choices\":{}}",
        "{\"choices\":[null]}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"index\":0,\"message\":null,\"finish_reason\":null}]}",
        "{\"id\":\"x\",\"object\":\"chat.completion\",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":0}}",
        "data: [DONE]\n\n",
        ": comment\n\n",
        "data: {}\n\ndata: [DONE]\n\n"
      })
  void b15_what_holds_no_choice_is_no_answer_and_free(String body) {
    assertNoAnswer(body);
  }

  @Test
  void b15_a_code_and_a_message_alone_are_an_error_without_an_answer() {
    Failed failed = failed("{\"code\":500,\"msg\":\"system error\"}");
    assertThat(failed.fault().status()).isEqualTo(502);
    assertThat(failed.fault().message()).isEqualTo("system error");
    assertThat(failed.fault().code()).isEmpty();
    assertThat(failed("{\"detail\":\"Not Found\"}").fault().status()).isEqualTo(502);
  }

  @Test
  void b15_a_role_and_an_end_alone_are_passed_on_and_free() {
    String document = Answers.answer("", "null");
    assertThat(whole(document).verdict()).isInstanceOf(Empty.class);
    assertThat(whole(document).charged().usage()).isEqualTo(TokenUsage.NONE);
    ChatStreamTap tap = tap();
    assertThat(text(tap.accept(utf8(ROLE + STOP)))).isEqualTo(ROLE + STOP);
    tap.accept(utf8(DONE));
    tap.finish();
    assertThat(tap.verdict()).containsInstanceOf(Empty.class);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void b15_what_a_filter_stopped_and_what_was_only_thought_is_an_answer() {
    assertThat(
            whole(
                    "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null},"
                        + "\"finish_reason\":\"content_filter\"}]}")
                .verdict())
        .isInstanceOf(Answer.class);
    assertThat(
            whole(Answers.answer("", "{\"prompt_tokens\":9,\"completion_tokens\":64}")).verdict())
        .isInstanceOf(Answer.class);
  }

  @Test
  void b15_a_stream_without_a_choice_is_no_answer() {
    for (String stream : new String[] {"", DONE, ": ping\n\n" + DONE, "data: {}\n\n", "<html>"}) {
      ChatStreamTap tap = tap();
      assertThat(tap.accept(utf8(stream))).isEmpty();
      assertThat(tap.verdict()).isEmpty();
      tap.finish();
      assertThat(tap.verdict()).as(stream).containsInstanceOf(NoAnswer.class);
      assertThat(tap.charged().usage()).isEqualTo(TokenUsage.NONE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"error":{"message":"no","code":429}}                    | 429
          {"error":{"message":"no","code":"503"}}                  | 503
          {"error":{"message":"no","status":529}}                  | 529
          {"error":{"message":"no","code":"rate_limit_exceeded"}}  | 502
          {"error":{"message":"no","code":200}}                    | 502
          {"error":{"message":"no","code":1301}}                   | 502
          {"error":"no","status_code":401}                         | 401
          {"error":"no"}                                           | 502
          {"error":{}}                                             | 502
          {"error":true}                                           | 502
          {"object":"error","message":"no","code":400}             | 400
          {"type":"error","error":{"type":"overloaded_error","message":"no"}} | 502
          {"error":{"message":"no","code":500},"choices":[{"message":{"content":"x"}}]} | 500
          {"choices":[{"error":{"message":"no","code":504}}]}      | 502
          """)
  void b16_an_error_object_with_status_200_has_the_status_it_names_else_502(
      String body, int status) {
    Failed failed = failed(body);
    assertThat(failed.fault().status()).isEqualTo(status);
    assertThat(whole(body).charged().usage()).isEqualTo(TokenUsage.NONE);
    // the same as the first event of a stream, however it is cut
    for (int cut = 1; cut < body.length(); cut++) {
      ChatStreamTap tap = tap();
      byte[] event = utf8(": hello\n\n" + Answers.event(body));
      assertThat(tap.accept(Arrays.copyOf(event, cut))).isEmpty();
      assertThat(tap.accept(Arrays.copyOfRange(event, cut, event.length))).isEmpty();
      assertThat(((Failed) tap.verdict().orElseThrow()).fault().status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "false"})
  void b16_no_error_is_none_however_it_is_written(String none) {
    assertThat(
            whole("{\"error\":" + none + ",\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}")
                .verdict())
        .isInstanceOf(Answer.class);
  }

  @Test
  void b11_an_error_within_a_stream_is_cleaned_wherever_it_stands() {
    String words =
        "Rate limit for organization org-AbC123xyz, key sk-proj-abc***wxyz of acct-west-2 at"
            + " relay-7.upstream.example:8443, 0a1b2c3d****8293";
    for (String error :
        new String[] {
          "{\"error\":{\"message\":\"" + words + "\"},\"user_id\":\"user-7Abc123\"}",
          "{\"message\":\"" + words + "\",\"code\":429}",
          "{\"error\":\"" + words + "\"}",
          "{\"type\":\"error\",\"error\":{\"message\":\"" + words + "\"}}",
          "{\"error\":{\"message\":\"" + words + "\"},\"choices\":[{\"index\":0,\"delta\":{}}]}",
          words
        }) {
      byte[] stream = utf8(ROLE + Answers.content("Hi") + "event: error\n" + Answers.event(error));
      String atOnce = passed(stream, stream.length);
      assertThat(atOnce)
          .startsWith(ROLE + Answers.content("Hi"))
          .contains("[organization]", "[key]", "[account]", "[address]")
          .doesNotContain("org-AbC", "sk-proj", "west-2", "upstream.example", "user-7", "0a1b");
      assertThat(passed(stream, 1)).isEqualTo(atOnce);
      assertThat(passed(stream, 7)).isEqualTo(atOnce);
    }
  }

  @Test
  void b11_an_error_in_a_document_is_cleaned() {
    assertThat(
            failed("{\"error\":{\"message\":\"bad key 0a1b2c3d4e5f60718293\"},\"user_id\":\"u\"}")
                .fault()
                .message())
        .isEqualTo("bad key [key]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"  \"", "null", "\"null\"", "false", "0", "{}"})
  void b13_an_end_without_a_reason_is_no_end(String reason) {
    ChatStreamTap tap = tap();
    tap.accept(
        utf8(
            Answers.event(
                Answers.chunk(
                    "{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":" + reason + "}",
                    ""))));
    assertThat(tap.finished()).isFalse();
    tap.accept(utf8(STOP));
    assertThat(tap.finished()).isTrue();
  }

  @Test
  void b14_it_is_known_when_end_and_usage_have_come_and_the_end_is_made_good() {
    ChatStreamTap tap = tap();
    tap.accept(utf8(Answers.content("Hello")));
    assertThat(tap.allCome()).isFalse();
    tap.accept(utf8(STOP));
    assertThat(tap.allCome()).isFalse();
    tap.accept(utf8(Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":1}")));
    assertThat(tap.allCome()).isTrue();
    assertThat(tap.done()).isFalse();
    assertThat(text(tap.finishComplete())).isEqualTo(DONE);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(9, 1));
  }

  @Test
  void b17_a_stream_in_place_of_a_document_is_joined() {
    String stream =
        ROLE
            + Answers.content("Gr\\u00fc")
            + Answers.content("\\ud83c")
            + Answers.content("\\udf0d \\\"x\\\"")
            + Answers.delta(
                0,
                "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"get\",\"arguments\":\"{\\\"a\\\"\"}},"
                    + "{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"put\",\"arguments\":\"\"}}]}")
            + Answers.delta(
                0,
                "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{}\"}},{\"index\":0,\"function\":{\"arguments\":\":1}\"}}]}")
            + Answers.delta(1, "{\"role\":\"assistant\",\"content\":\"Two\"}")
            + Answers.finish(0, "tool_calls")
            + Answers.finish(1, "length")
            + Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":14}")
            + DONE;
    ChatWholeAnswer read = whole(stream);
    assertThat(read.verdict()).isInstanceOf(Answer.class);
    assertThat(read.charged().usage()).isEqualTo(TokenUsage.of(9, 14));
    JsonNode document = JsonMapper.shared().readTree(read.body());
    assertThat(document.get("object").asString()).isEqualTo("chat.completion");
    assertThat(document.get("id").asString()).isEqualTo("chatcmpl-S1");
    assertThat(document.get("usage").get("completion_tokens").asInt()).isEqualTo(14);
    JsonNode first = document.get("choices").get(0);
    assertThat(first.get("finish_reason").asString()).isEqualTo("tool_calls");
    assertThat(first.get("message").get("role").asString()).isEqualTo("assistant");
    assertThat(first.get("message").get("content").asString()).isEqualTo("Grü🌍 \"x\"");
    JsonNode calls = first.get("message").get("tool_calls");
    assertThat(calls.toString())
        .isEqualTo(
            "[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"get\",\"arguments\":\"{\\\"a\\\":1}\"}},"
                + "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"put\",\"arguments\":\"{}\"}}]");
    assertThat(document.get("choices").get(1).get("message").get("content").asString())
        .isEqualTo("Two");
    assertThat(document.get("choices").get(1).get("index").asInt()).isEqualTo(1);
  }

  @Test
  void b17_a_document_in_place_of_a_stream_becomes_one() {
    ChatWholeAnswer read = new ChatWholeAnswer(TERMS, utf8(Answers.TOOL_CALL), true, true);
    assertThat(read.verdict()).isInstanceOf(Answer.class);
    assertThat(read.contentType()).startsWith("text/event-stream");
    ChatStreamTap tap = new ChatStreamTap(TERMS, "gpt-4o-mini", true, Given.ERRORS);
    String events = text(tap.accept(read.body()));
    assertThat(tap.finished()).isTrue();
    assertThat(tap.done()).isTrue();
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(82, 17));
    assertThat(events)
        .contains("\"object\":\"chat.completion.chunk\"")
        .contains("\"tool_calls\":[{\"id\":\"call_abc\"")
        .contains("\"index\":0}]")
        .contains("\"finish_reason\":\"tool_calls\"")
        .contains("\"usage\":{\"prompt_tokens\":82");
    // and back again it says the same
    JsonNode back =
        JsonMapper.shared().readTree(new ChatWholeAnswer(TERMS, read.body(), false, false).body());
    JsonNode once = JsonMapper.shared().readTree(Answers.TOOL_CALL);
    assertThat(back.get("choices")).isEqualTo(once.get("choices"));
    assertThat(text(new ChatWholeAnswer(TERMS, utf8(Answers.TOOL_CALL), true, false).body()))
        .doesNotContain("prompt_tokens");
  }

  @Test
  void b17_a_collected_stream_that_broke_off_is_no_answer() {
    assertNoAnswer(ROLE + Answers.content("Hel"));
    assertThat(whole(ROLE + Answers.content("Hello") + STOP).verdict()).isInstanceOf(Answer.class);
    assertThat(failed(ROLE + Answers.event("{\"error\":{\"code\":503}}")).fault().status())
        .isEqualTo(503);
  }

  @Test
  void b17_the_form_is_known_by_the_first_bytes_and_not_by_the_content_type() {
    for (String stream :
        new String[] {"data: {}", ": c", "\r\nevent: x", "id: 1", "retry: 3", "\uFEFFdata"}) {
      assertThat(AnswerForm.of(utf8(stream))).as(stream).isEqualTo(AnswerForm.STREAM);
    }
    for (String document : new String[] {"{", " \n[", "<html>", "\"x\"", "null", "Bad gateway"}) {
      assertThat(AnswerForm.of(utf8(document))).as(document).isEqualTo(AnswerForm.DOCUMENT);
    }
    assertThat(AnswerForm.of(utf8(" \n"))).isEqualTo(AnswerForm.UNKNOWN);
    assertThat(AnswerForm.of(utf8(""))).isEqualTo(AnswerForm.UNKNOWN);
  }

  @Test
  void comments_before_an_answer_wait_for_it_and_are_bounded() {
    ChatStreamTap tap = tap();
    assertThat(tap.accept(utf8(": one\n\n"))).isEmpty();
    assertThat(text(tap.accept(utf8(ROLE)))).isEqualTo(": one\n\n" + ROLE);
    ChatStreamTap many = tap();
    long passed = 0;
    for (int i = 0; i < 100; i++) {
      passed += many.accept(utf8(": ping\n\n".repeat(128))).length;
    }
    assertThat(passed).isEqualTo(100L * 128 * 8);
  }

  @Test
  void random_streams_are_judged_the_same_however_they_are_cut() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = {
      ROLE,
      Answers.content("Hello"),
      STOP,
      Answers.usage("{\"prompt_tokens\":9,\"completion_tokens\":4}"),
      DONE,
      ": c\n\n",
      "data: {}\r\n\r\n",
      Answers.event("{\"error\":{\"message\":\"at relay-7.upstream.example\",\"code\":503}}"),
      "data: not json at relay-7.upstream.example\r\r",
      "event: error\n",
      "<html>\n"
    };
    for (int i = 0; i < 500; i++) {
      StringBuilder made = new StringBuilder();
      for (int j = random.nextInt(1, 8); j > 0; j--) {
        made.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = utf8(made.toString());
      ChatStreamTap once = tap();
      String passed = text(once.accept(bytes)) + text(once.finish());
      ChatStreamTap cut = tap();
      StringBuilder pieces = new StringBuilder();
      int at = 0;
      while (at < bytes.length) {
        int to = Math.min(bytes.length, at + random.nextInt(1, 40));
        pieces.append(text(cut.accept(Arrays.copyOfRange(bytes, at, to))));
        at = to;
      }
      pieces.append(text(cut.finish()));
      assertThat(pieces.toString()).as("seed %d: %s", seed, made).isEqualTo(passed);
      assertThat(cut.verdict()).as("seed %d: %s", seed, made).isEqualTo(once.verdict());
      assertThat(cut.charged()).as("seed %d: %s", seed, made).isEqualTo(once.charged());
      assertThat(passed).doesNotContain("upstream.example");
    }
  }

  private static void assertNoAnswer(String body) {
    ChatWholeAnswer read = whole(body);
    assertThat(read.verdict()).as(body).isInstanceOf(NoAnswer.class);
    assertThat(read.charged().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(read.chargedSoFar().usage()).isEqualTo(TokenUsage.NONE);
    AnswerVerdict streamed = new ChatWholeAnswer(TERMS, utf8(body), true, true).verdict();
    assertThat(streamed).isEqualTo(read.verdict());
  }

  private static Failed failed(String body) {
    AnswerVerdict verdict = whole(body).verdict();
    assertThat(verdict).as(body).isInstanceOf(Failed.class);
    return (Failed) verdict;
  }

  private static ChatWholeAnswer whole(String body) {
    return new ChatWholeAnswer(TERMS, utf8(body), false, false);
  }

  private static ChatStreamTap tap() {
    return new ChatStreamTap(TERMS, "gpt-4o-mini", false, Given.ERRORS);
  }

  private static String passed(byte[] stream, int size) {
    ChatStreamTap tap = tap();
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < stream.length; at += size) {
      out.append(
          text(tap.accept(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)))));
    }
    return out.append(text(tap.finish())).toString();
  }
}
