package io.tollgate.relay.protocols.gemini.answer;

import static io.tollgate.relay.protocols.gemini.Given.utf8;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.chunk;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.event;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.text;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerTerms;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.internal.answers.PassedStream;
import io.tollgate.relay.protocols.internal.answers.ReadAnswer;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.relay.protocols.usage.UsageRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports as Google's servers send them and bug threads tell of them. */
class GeminiReportsTest {
  /** 300 bytes sent, 40 tokens counted, a model of 128,000 and 16,384 tokens. */
  private static final UsageBounds BOUNDS =
      UsageBounds.of(40, 300, false, 128_000, 16_384, 16_384, 4);

  private static final AnswerTerms TERMS = Given.terms(Counters.EXACT, BOUNDS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "promptTokenCount":20,"candidatesTokenCount":8,"totalTokenCount":28                               | 20 |   0 |   8 |   0
          "promptTokenCount":20,"candidatesTokenCount":8,"thoughtsTokenCount":50,"totalTokenCount":78       | 20 |   0 |  58 |  50
          "promptTokenCount":20,"thoughtsTokenCount":50,"totalTokenCount":70                                | 20 |   0 |  50 |  50
          "promptTokenCount":20,"candidatesTokenCount":8,"thoughtsTokenCount":null,"totalTokenCount":28.0   | 20 |   0 |   8 |   0
          "promptTokenCount":100,"cachedContentTokenCount":64,"candidatesTokenCount":8,"totalTokenCount":108 | 100 | 64 |   8 |   0
          "promptTokenCount":20,"toolUsePromptTokenCount":30,"candidatesTokenCount":8,"totalTokenCount":58  | 50 |   0 |   8 |   0
          "promptTokenCount":20,"candidatesTokenCount":198,"totalTokenCount":623                            | 20 |   0 | 603 |   0
          "promptTokenCount":20,"candidatesTokenCount":8                                                    | 20 |   0 |   8 |   0
          """)
  void each_number_is_charged_as_its_kind(
      String report, long input, long cached, long output, long reasoning) {
    ChargedUsage charged = whole(chunk(text("Hello"), "STOP", usage(report)));
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage()).isEqualTo(new TokenUsage(input, cached, 0, output, reasoning));
  }

  @Test
  void what_is_no_text_is_a_kind_of_its_own() {
    ChargedUsage charged =
        whole(
            chunk(
                text("Hello"),
                "STOP",
                usage(
                    "\"promptTokenCount\":700,\"candidatesTokenCount\":1300,\"totalTokenCount\":2000,"
                        + "\"cachedContentTokenCount\":80,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":100},"
                        + "{\"modality\":\"AUDIO\",\"tokenCount\":250},{\"modality\":\"IMAGE\",\"tokenCount\":258},"
                        + "{\"modality\":\"VIDEO\",\"tokenCount\":92}],"
                        + "\"cacheTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":50},{\"modality\":\"TEXT\",\"tokenCount\":30}],"
                        + "\"candidatesTokensDetails\":[{\"modality\":\"IMAGE\",\"tokenCount\":1290}]")));
    TokenUsage usage = charged.usage();
    assertThat(charged.reported()).isTrue();
    assertThat(usage.count(UsageKind.TEXT_INPUT)).isEqualTo(70);
    assertThat(usage.count(UsageKind.CACHE_READ)).isEqualTo(30);
    assertThat(usage.count(UsageKind.AUDIO_INPUT)).isEqualTo(200);
    assertThat(usage.count(UsageKind.AUDIO_CACHE_READ)).isEqualTo(50);
    assertThat(usage.count(UsageKind.IMAGE_INPUT)).isEqualTo(350);
    assertThat(usage.count(UsageKind.IMAGE_OUTPUT)).isEqualTo(1290);
    assertThat(usage.count(UsageKind.TEXT_OUTPUT)).isEqualTo(10);
  }

  @Test
  void reports_are_states_of_one_count_and_the_last_counts() {
    ChargedUsage charged =
        stream(
            event(chunk(text("Hello"), "", usage("\"promptTokenCount\":20,\"totalTokenCount\":20")))
                + event(
                    chunk(
                        text(" you"),
                        "",
                        usage(
                            "\"promptTokenCount\":20,\"candidatesTokenCount\":2,\"totalTokenCount\":22")))
                + event(
                    chunk(
                        text(""),
                        "STOP",
                        usage(
                            "\"promptTokenCount\":20,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":9,\"totalTokenCount\":34"))));
    assertThat(charged.usage()).isEqualTo(new TokenUsage(20, 0, 0, 14, 9));
  }

  @Test
  void usage_in_a_chunk_after_the_end_counts() {
    ChargedUsage charged =
        stream(
            event(chunk(text("Hello"), "STOP", ""))
                + event(
                    "{\"usageMetadata\":{\"promptTokenCount\":20,\"candidatesTokenCount\":5,\"totalTokenCount\":25}}"));
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(20, 5));
    assertThat(charged.reported()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"promptTokenCount\":-1,\"candidatesTokenCount\":5",
        "\"promptTokenCount\":20,\"candidatesTokenCount\":5.5",
        "\"promptTokenCount\":\"20\",\"candidatesTokenCount\":5",
        "\"promptTokenCount\":20,\"candidatesTokenCount\":5,\"thoughtsTokenCount\":99999999999",
        "\"promptTokenCount\":20,\"candidatesTokenCount\":{}"
      })
  void odd_numbers_are_not_believed(String report) {
    ChargedUsage charged = whole(chunk(text("Hello there, how are you?"), "STOP", usage(report)));
    assertThat(charged.reported()).isFalse();
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(UsageRule.WHOLE_NUMBERS);
    assertThat(charged.usage().input()).isEqualTo(40);
    assertThat(charged.usage().output()).isPositive();
  }

  @Test
  void a_report_of_nothing_beside_delivered_text_is_not_believed() {
    ChargedUsage charged =
        whole(
            chunk(
                text("Hello"),
                "STOP",
                usage("\"promptTokenCount\":0,\"candidatesTokenCount\":0,\"totalTokenCount\":0")));
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(UsageRule.NOT_NOTHING);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(40, 2));
  }

  @Test
  void what_was_only_thought_is_output() {
    ChargedUsage charged =
        whole(
            "{\"candidates\":[{\"finishReason\":\"MAX_TOKENS\",\"index\":0}]"
                + usage("\"promptTokenCount\":20,\"thoughtsTokenCount\":64,\"totalTokenCount\":84")
                + "}");
    assertThat(charged.usage()).isEqualTo(new TokenUsage(20, 0, 0, 64, 64));
  }

  @Test
  void a_blocked_prompt_is_free() {
    ChargedUsage charged =
        whole(
            "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}"
                + usage("\"promptTokenCount\":20,\"totalTokenCount\":20")
                + "}");
    assertThat(charged.usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void a_picture_counts_as_content_and_not_by_its_base64() {
    ChargedUsage charged =
        whole(
            chunk(
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                    + "A".repeat(400_000)
                    + "\"}}",
                "STOP",
                usage(
                    "\"promptTokenCount\":20,\"candidatesTokenCount\":1290,\"totalTokenCount\":1310")));
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(20, 1290));
  }

  @Test
  void usage_in_one_event_with_a_large_picture_is_read() {
    ChargedUsage charged =
        stream(
            event(
                chunk(
                    "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                        + "A".repeat(3_000_000)
                        + "\"}}",
                    "STOP",
                    usage(
                        "\"promptTokenCount\":20,\"candidatesTokenCount\":1290,\"totalTokenCount\":1310"))));
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(20, 1290));
  }

  private static ChargedUsage whole(String document) {
    return new ReadAnswer(
            new GeminiAnswerReader(TERMS),
            new GeminiAnswerWriter(AnswerShape.DOCUMENT, "m", "r", Given.ERRORS),
            TERMS,
            utf8(document),
            true)
        .charged();
  }

  private static ChargedUsage stream(String events) {
    PassedStream stream =
        new PassedStream(
            new GeminiAnswerReader(TERMS),
            new GeminiAnswerWriter(AnswerShape.EVENTS, "m", "r", Given.ERRORS),
            TERMS,
            false);
    int passed = stream.accept(utf8(events)).length + stream.finish().length;
    assertThat(passed).isEqualTo(utf8(events).length);
    return stream.charged();
  }
}
