package io.tollgate.relay.protocols.openai.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import io.tollgate.relay.protocols.internal.answers.TranslatedStream;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.openai.answer.Answers;
import io.tollgate.relay.protocols.openai.answer.ChatAnswerReader;
import io.tollgate.relay.protocols.openai.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of chat upstreams, read as events and written again for chat callers. */
class ChatAnswerTranslationTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REPORT =
      "{\"prompt_tokens\":9,\"completion_tokens\":7,\"total_tokens\":16,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}";
  private static final String STREAM =
      Answers.delta(0, "{\"role\":\"assistant\",\"content\":\"\"}")
          + ": comment\n\n"
          + Answers.delta(0, "{\"reasoning_content\":\"Hm \"}")
          + Answers.delta(0, "{\"reasoning_content\":\"well\"}")
          + Answers.content("Grüße \\\"世界\\\" ")
          + Answers.content("\\ud83c")
          + Answers.content("\\udf0d\\n")
          + Answers.delta(
              0,
              "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"\"}}]}")
          + Answers.delta(
              0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}]}")
          + Answers.delta(
              0,
              "{\"tool_calls\":[{\"index\":1,\"id\":\"call_2\",\"function\":{\"name\":\"zoom\",\"arguments\":\"{}\"}}]}")
          + Answers.delta(0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1}\"}}]}")
          + Answers.finish(0, "tool_calls")
          + Answers.usage(REPORT)
          + "data: [DONE]\n\n";

  @Test
  void every_cut_gives_the_same_stream_and_the_same_charge() {
    byte[] bytes = utf8(STREAM);
    TranslatedStream whole = tap("");
    String written = text(whole.accept(bytes)) + text(whole.finish());
    assertThat(written).endsWith("data: [DONE]\n\n").contains("\"finish_reason\":\"tool_calls\"");
    assertThat(whole.charged().usage()).isEqualTo(new TokenUsage(9, 2, 0, 7, 1));
    for (int cut = 1; cut < bytes.length; cut++) {
      TranslatedStream tap = tap("");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(tap.accept(Arrays.copyOfRange(bytes, 0, cut)));
      out.writeBytes(tap.accept(Arrays.copyOfRange(bytes, cut, bytes.length)));
      out.writeBytes(tap.finish());
      assertThat(out.toString(StandardCharsets.UTF_8)).as("cut at %d", cut).isEqualTo(written);
      assertThat(tap.charged().usage()).isEqualTo(whole.charged().usage());
    }
  }

  @Test
  void a_stream_says_what_it_said_before() {
    TranslatedStream tap = tap(",\"stream_options\":{\"include_usage\":true}");
    String written = text(tap.accept(utf8(STREAM))) + text(tap.finish());

    StringBuilder thought = new StringBuilder();
    StringBuilder said = new StringBuilder();
    StringBuilder[] arguments = {new StringBuilder(), new StringBuilder()};
    for (String event : written.split("\n\n")) {
      if (event.equals("data: [DONE]")) {
        continue;
      }
      JsonNode chunk = JSON.readTree(event.substring("data: ".length()));
      assertThat(chunk.get("id").asString()).isEqualTo("chatcmpl-" + Given.REQUEST_ID);
      assertThat(chunk.get("model").asString()).isEqualTo("asked-model");
      for (JsonNode choice : chunk.get("choices")) {
        JsonNode delta = choice.get("delta");
        if (delta.hasNonNull("reasoning_content")) {
          thought.append(delta.get("reasoning_content").asString());
        }
        if (delta.hasNonNull("content")) {
          // halves of a surrogate pair come in two events
          said.append(delta.get("content").asString());
        }
        if (delta.hasNonNull("tool_calls")) {
          JsonNode call = delta.get("tool_calls").get(0);
          arguments[call.get("index").asInt()].append(
              call.get("function").get("arguments").asString());
        }
      }
    }
    assertThat(thought).hasToString("Hm well");
    assertThat(said).hasToString("Grüße \"世界\" 🌍\n");
    assertThat(arguments[0]).hasToString("{\"x\":1}");
    assertThat(arguments[1]).hasToString("{}");
    assertThat(written).contains("\"prompt_tokens\":9,\"completion_tokens\":7");
  }

  @Test
  void a_streamed_answer_becomes_the_document_that_was_asked_for() {
    WholeAnswer whole = whole(STREAM, false);

    assertThat(whole.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(whole.contentType()).isEqualTo("application/json");
    JsonNode document = JSON.readTree(whole.body());
    JsonNode message = document.get("choices").get(0).get("message");
    assertThat(message.get("content").asString()).isEqualTo("Grüße \"世界\" 🌍\n");
    assertThat(message.get("reasoning_content").asString()).isEqualTo("Hm well");
    assertThat(message.get("tool_calls").get(0).get("function").get("arguments").asString())
        .isEqualTo("{\"x\":1}");
    assertThat(message.get("tool_calls").get(1).get("id").asString()).isEqualTo("call_2");
    assertThat(document.get("usage").get("total_tokens").asInt()).isEqualTo(16);
    assertThat(
            document.get("usage").get("completion_tokens_details").get("reasoning_tokens").asInt())
        .isEqualTo(1);
  }

  @Test
  void a_document_becomes_the_stream_that_was_asked_for() {
    String document =
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\","
            + "\"refusal\":null},\"finish_reason\":\"length\"}],\"usage\":"
            + REPORT
            + "}";
    String written = text(whole(document, true).body());

    assertThat(written)
        .contains("\"content\":\"Hi\"")
        .contains("\"finish_reason\":\"length\"")
        .endsWith("data: [DONE]\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "<html>", "{\"choices\":[]}", "{\"choices\":null}", "data: [DONE]\n\n"})
  void what_is_no_answer_is_none_when_translated_either(String body) {
    assertThat(whole(body, false).verdict()).isInstanceOf(AnswerVerdict.NoAnswer.class);
  }

  @Test
  void an_error_in_place_of_an_answer_is_told_with_its_status_and_costs_nothing() {
    String error = "{\"error\":{\"message\":\"slow down\",\"code\":429}}";
    assertThat(whole(error, false).verdict())
        .isInstanceOfSatisfying(
            AnswerVerdict.Failed.class,
            failed -> assertThat(failed.fault().status()).isEqualTo(429));
    TranslatedStream tap = tap("");
    assertThat(tap.accept(utf8("data: " + error + "\n\n"))).isEmpty();
    assertThat(tap.verdict())
        .hasValueSatisfying(
            verdict -> assertThat(verdict).isInstanceOf(AnswerVerdict.Failed.class));
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void an_error_in_the_middle_is_told_and_nothing_follows() {
    TranslatedStream tap = tap("");
    String before = text(tap.accept(utf8(Answers.content("Hello"))));
    String error =
        text(
            tap.accept(
                utf8("data: {\"error\":{\"message\":\"lost\"}}\n\n" + Answers.content("more"))));

    assertThat(before).contains("Hello");
    assertThat(error).contains("\"message\":\"lost\"").doesNotContain("more");
    assertThat(tap.errorSeen()).isTrue();
    assertThat(text(tap.finish())).isEmpty();
  }

  @Test
  void a_stream_is_cut_short_whole_by_its_rules() {
    TranslatedStream tap = tap(",\"stream_options\":{\"include_usage\":true}");
    tap.accept(utf8(Answers.content("Hello")));
    String cut =
        text(
            tap.cutShort(
                new CutNotice("insufficient_quota", "used up", "r", Instant.ofEpochSecond(7)),
                TokenUsage.of(3, 1)));

    assertThat(cut)
        .startsWith(": used up\n\n")
        .contains("\"finish_reason\":\"length\"")
        .contains("\"code\":\"insufficient_quota\"")
        .contains("\"completion_tokens\":1")
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void a_stream_that_breaks_off_has_no_end() {
    TranslatedStream tap = tap("");
    tap.accept(utf8(Answers.content("Hello")));

    assertThat(text(tap.finish())).isEmpty();
    assertThat(tap.finished()).isFalse();
    assertThat(tap.charged().usage().output()).isPositive();
  }

  private static TranslatedStream tap(String more) {
    ChatRequest request =
        request(
            "{\"model\":\"asked-model\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stream\":true"
                + more
                + "}");
    return new TranslatedStream(
        new ChatAnswerReader(Given.input(9)), request.answerWriter(Given.input(9)), Given.input(9));
  }

  private static WholeAnswer whole(String body, boolean stream) {
    ChatRequest request =
        request(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}],\"stream\":"
                + stream
                + "}");
    return new ReadAnswer(
        new ChatAnswerReader(Given.input(9)),
        request.answerWriter(Given.input(9)),
        Given.input(9),
        utf8(body),
        false);
  }

  private static ChatRequest request(String body) {
    return Given.chat(utf8(body));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
