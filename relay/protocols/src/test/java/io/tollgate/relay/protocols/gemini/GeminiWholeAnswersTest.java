package io.tollgate.relay.protocols.gemini;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static io.tollgate.relay.protocols.gemini.Given.utf8;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.chunk;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.event;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.text;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.AnswerVerdict.Answer;
import io.tollgate.relay.protocols.AnswerVerdict.Empty;
import io.tollgate.relay.protocols.AnswerVerdict.Failed;
import io.tollgate.relay.protocols.AnswerVerdict.NoAnswer;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What counts as an answer at all, and what becomes of one that was held back whole. */
class GeminiWholeAnswersTest {
  private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";
  private static final String REPORT =
      usage("\"promptTokenCount\":9,\"candidatesTokenCount\":4,\"totalTokenCount\":13");
  private static final String DOCUMENT = chunk(text("Hel") + "," + text("lo"), "STOP", REPORT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><html></html>",
        "Service Unavailable",
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel",
        "\"text\"",
        "null",
        "",
        " \r\n",
        "{}",
        "[]",
        "{\"candidates\":null}",
        "{\"candidates\":[]}",
        "{\"candidates\":[null]}",
        "{\"candidates\":[{\"index\":0}]}",
        "{\"candidates\":[{\"finishReason\":\"OTHER\"}]}",
        "{\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":4}}",
        ": comment\n\n",
        "data: {}\n\n"
      })
  void what_is_no_answer_is_none_and_free(String body) {
    WholeAnswer answer = whole(AnswerShape.DOCUMENT, body);
    assertThat(answer.verdict()).isInstanceOf(NoAnswer.class);
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void an_error_is_one_with_its_status_and_cleaned() {
    for (String body :
        new String[] {
          "{\"error\":{\"code\":429,\"message\":\"projects/abc-1 at 10.0.0.7\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
          "[{\"error\":{\"code\":429,\"message\":\"projects/abc-1 at 10.0.0.7\",\"status\":\"RESOURCE_EXHAUSTED\"}}]",
          "data: {\"error\":{\"code\":429,\"message\":\"projects/abc-1 at 10.0.0.7\",\"status\":\"RESOURCE_EXHAUSTED\"}}\n\n"
        }) {
      AnswerVerdict verdict = whole(AnswerShape.DOCUMENT, body).verdict();
      assertThat(verdict)
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.fault().status()).isEqualTo(429);
                assertThat(failed.fault().message()).isEqualTo("projects/[project] at [address]");
              });
    }
  }

  @Test
  void an_end_alone_is_empty_and_a_filter_is_an_answer() {
    assertThat(whole(AnswerShape.DOCUMENT, chunk(text(""), "STOP", "")).verdict())
        .isInstanceOf(Empty.class);
    assertThat(
            whole(AnswerShape.DOCUMENT, "{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}")
                .verdict())
        .isInstanceOf(Answer.class);
    assertThat(
            whole(AnswerShape.DOCUMENT, "{\"promptFeedback\":{\"blockReason\":\"OTHER\"}}")
                .verdict())
        .isInstanceOf(Answer.class);
  }

  @Test
  void a_document_cut_anywhere_is_no_answer() {
    byte[] whole = utf8(DOCUMENT);
    for (int cut = 0; cut < whole.length; cut++) {
      assertThat(whole(AnswerShape.DOCUMENT, Arrays.copyOf(whole, cut)).verdict())
          .isInstanceOf(NoAnswer.class);
    }
  }

  @Test
  void in_the_form_asked_for_the_bytes_are_the_upstreams_own() {
    byte[] document = utf8(DOCUMENT);
    assertThat(whole(AnswerShape.DOCUMENT, document).body()).isSameAs(document);
    byte[] stream = utf8(event(DOCUMENT));
    assertThat(whole(AnswerShape.EVENTS, stream).body()).isSameAs(stream);
  }

  @ParameterizedTest
  @EnumSource(AnswerShape.class)
  void an_answer_in_another_form_is_turned_into_the_one_asked_for(AnswerShape shape) {
    String events = event(chunk(text("Hel"), "", "")) + event(chunk(text("lo"), "STOP", REPORT));
    for (String came :
        new String[] {
          events,
          DOCUMENT,
          "[" + chunk(text("Hel"), "", "") + "," + chunk(text("lo"), "STOP", REPORT) + "]"
        }) {
      WholeAnswer answer = whole(shape, came);
      assertThat(answer.verdict()).isInstanceOf(Answer.class);
      assertThat(answer.charged().usage()).isEqualTo(TokenUsage.of(9, 4));
      String body = text(answer.body());
      // in its own form it may have any chunks, and the words are the same
      WholeAnswer again = whole(AnswerShape.DOCUMENT, body);
      assertThat(again.charged().usage()).isEqualTo(TokenUsage.of(9, 4));
      String words =
          body.replaceAll("\"text\":\"\"", "")
              .replaceAll("(?s).*?\"text\":\"([^\"]*)\"(?:(?!\"text\":).)*", "$1");
      assertThat(words).isEqualTo("Hello");
      if (shape != AnswerShape.EVENTS && !came.startsWith("[")) {
        assertThat(JsonMapper.shared().readTree(body).isArray())
            .isEqualTo(shape == AnswerShape.ARRAY);
      }
    }
  }

  private static WholeAnswer whole(AnswerShape shape, String body) {
    return whole(shape, utf8(body));
  }

  private static WholeAnswer whole(AnswerShape shape, byte[] body) {
    return new GeminiCall(Given.content(shape, BODY), "m").whole(body, Given.terms());
  }
}
