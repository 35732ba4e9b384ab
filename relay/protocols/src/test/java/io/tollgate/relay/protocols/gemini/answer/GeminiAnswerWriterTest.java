package io.tollgate.relay.protocols.gemini.answer;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.usage.DeliveredOutput;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeminiAnswerWriterTest {
  private static final TokenUsage USAGE = new TokenUsage(20, 5, 0, 9, 4);
  private static final String BEGIN =
      "{\"candidates\":[{\"content\":{\"parts\":[P],\"role\":\"model\"},\"index\":0}],"
          + "\"modelVersion\":\"m\",\"responseId\":\"r\"}";
  private static final String LAST =
      "{\"candidates\":[{\"content\":{\"parts\":[P],\"role\":\"model\"},\"finishReason\":F,\"index\":0}],"
          + "\"usageMetadata\":{\"promptTokenCount\":20,\"cachedContentTokenCount\":5,\"candidatesTokenCount\":5,"
          + "\"thoughtsTokenCount\":4,\"totalTokenCount\":29},\"modelVersion\":\"m\",\"responseId\":\"r\"}";
  private static final String NO_WORDS = "{\"text\":\"\"}";

  /** Thoughts that are signed, words in two pieces, two calls at once, one in pieces. */
  private static final List<AnswerEvent> EVENTS =
      List.of(
          new AnswerEvent.PartBegun(0, new PartBegin.Thinking()),
          more(0, "Hm"),
          new AnswerEvent.Signed(0, new Signature(Protocol.GEMINI, JsonString.of("U2ln"))),
          new AnswerEvent.PartEnded(0),
          new AnswerEvent.PartBegun(1, new PartBegin.Text()),
          more(1, "Hel"),
          more(1, "lo \"you\""),
          new AnswerEvent.PartEnded(1),
          new AnswerEvent.PartBegun(
              2, new PartBegin.ToolCall(JsonString.of("c1"), JsonString.of("weather"))),
          new AnswerEvent.PartBegun(
              3, new PartBegin.ToolCall(JsonString.of("c2"), JsonString.of("time"))),
          more(2, "{\"city\":"),
          more(3, ""),
          more(2, "\"Paris\"}"),
          new AnswerEvent.Signed(2, new Signature(Protocol.GEMINI, JsonString.of("Q2FsbA=="))),
          new AnswerEvent.PartEnded(2),
          new AnswerEvent.Ended(FinishReason.TOOL_CALLS, Optional.empty()));

  private static final String THOUGHT = "{\"text\":\"Hm\",\"thought\":true";
  private static final String SIGNED_THOUGHT = THOUGHT + ",\"thoughtSignature\":\"U2ln\"}";
  private static final String WEATHER =
      "{\"functionCall\":{\"id\":\"c1\",\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}},\"thoughtSignature\":\"Q2FsbA==\"}";
  private static final String TIME =
      "{\"functionCall\":{\"id\":\"c2\",\"name\":\"time\",\"args\":{}}}";

  private final ByteSink out = new ByteSink();

  @Test
  void a_stream_tells_each_step_as_an_event_and_calls_whole() {
    write(writer(AnswerShape.EVENTS), EVENTS).end(USAGE, out);
    assertThat(text(out.take()))
        .isEqualTo(
            chunk(THOUGHT + "}")
                + chunk("{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"U2ln\"}")
                + chunk("{\"text\":\"Hel\"}")
                + chunk("{\"text\":\"lo \\\"you\\\"\"}")
                + chunk(WEATHER)
                + chunk(TIME)
                + Chunks.event(last(NO_WORDS, "\"STOP\"")));
  }

  @Test
  void an_array_holds_the_same_chunks_and_is_closed() {
    write(writer(AnswerShape.EVENTS), EVENTS).end(USAGE, out);
    String events = text(out.take());
    write(writer(AnswerShape.ARRAY), EVENTS).end(USAGE, out);
    String items = events.strip().replace("data: ", "").replace("\r\n\r\n", ",\n");
    assertThat(text(out.take())).isEqualTo("[" + items + "]");
  }

  @Test
  void a_document_joins_what_belongs_together() {
    GeminiAnswerWriter writer = write(writer(AnswerShape.DOCUMENT), EVENTS);
    assertThat(out.length()).isZero();
    writer.end(USAGE, out);
    assertThat(text(out.take()))
        .isEqualTo(
            last(
                SIGNED_THOUGHT + ",{\"text\":\"Hello \\\"you\\\"\"}," + WEATHER + "," + TIME,
                "\"STOP\""));
    assertThat(writer.contentType()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @EnumSource(AnswerShape.class)
  void an_answer_of_nothing_is_whole(AnswerShape shape) {
    write(writer(shape), List.of(new AnswerEvent.Ended(FinishReason.END, Optional.empty())))
        .end(USAGE, out);
    String json = last(shape == AnswerShape.DOCUMENT ? "" : NO_WORDS, "\"STOP\"");
    assertThat(text(out.take()))
        .isEqualTo(
            switch (shape) {
              case DOCUMENT -> json;
              case EVENTS -> Chunks.event(json);
              case ARRAY -> "[" + json + "]";
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"city\":\"Par", "[1]", "7", "{} {}"})
  void a_call_whose_arguments_are_no_object_is_left_out_and_said(String arguments) {
    for (AnswerShape shape : AnswerShape.values()) {
      write(writer(shape), call(arguments, FinishReason.TOOL_CALLS)).end(USAGE, out);
      String written = text(out.take());
      assertThat(written)
          .contains(
              "\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"finishMessage\":\"The arguments")
          .doesNotContain("functionCall\"");
      write(writer(shape), call(arguments, FinishReason.LENGTH)).end(USAGE, out);
      assertThat(text(out.take())).contains("\"finishReason\":\"MAX_TOKENS\"");
    }
  }

  @Test
  void arguments_beyond_all_measure_are_not_kept() {
    GeminiAnswerWriter writer = writer(AnswerShape.EVENTS);
    writer.write(
        new AnswerEvent.PartBegun(
            0, new PartBegin.ToolCall(JsonString.of("c"), JsonString.of("f"))),
        out);
    String piece = "x".repeat(1 << 20);
    for (int i = 0; i < 9; i++) {
      writer.write(more(0, piece), out);
    }
    writer.write(new AnswerEvent.Ended(FinishReason.TOOL_CALLS, Optional.empty()), out);
    writer.end(USAGE, out);
    assertThat(text(out.take())).contains("MALFORMED_FUNCTION_CALL");
  }

  @ParameterizedTest
  @EnumSource(FinishReason.class)
  void each_reason_has_its_word(FinishReason reason) {
    write(writer(AnswerShape.DOCUMENT), List.of(new AnswerEvent.Ended(reason, Optional.empty())))
        .end(USAGE, out);
    String word =
        switch (reason) {
          case END, STOP_SEQUENCE, TOOL_CALLS, PAUSED -> "STOP";
          case LENGTH -> "MAX_TOKENS";
          case FILTERED -> "SAFETY";
          case OTHER -> "OTHER";
        };
    assertThat(text(out.take())).contains("\"finishReason\":\"" + word + "\"");
  }

  @Test
  void pictures_are_parts_and_foreign_signatures_are_marked() {
    Signature foreign = new Signature(Protocol.ANTHROPIC, JsonString.of("EqQB"));
    write(
            writer(AnswerShape.DOCUMENT),
            List.of(
                new AnswerEvent.PartBegun(0, new PartBegin.RedactedThinking(foreign)),
                new AnswerEvent.PartEnded(0),
                new AnswerEvent.PartBegun(1, new PartBegin.Thinking()),
                new AnswerEvent.Signed(1, foreign),
                new AnswerEvent.PartEnded(1),
                new AnswerEvent.PartBegun(
                    2,
                    new PartBegin.Produced(new Media.Inline("image/png", JsonString.of("AAAA")))),
                new AnswerEvent.PartEnded(2),
                new AnswerEvent.Ended(FinishReason.END, Optional.empty())))
        .end(USAGE, out);
    JsonNode parts =
        JsonMapper.shared()
            .readTree(out.take())
            .path("candidates")
            .path(0)
            .path("content")
            .path("parts");
    assertThat(parts.size()).isEqualTo(3);
    assertThat(parts.path(0).path("thoughtSignature").asString()).startsWith("dG9sbGdhdGU6");
    assertThat(parts.path(1).path("thoughtSignature").asString()).startsWith("dG9sbGdhdGU6");
    assertThat(parts.path(2).path("inlineData").path("data").asString()).isEqualTo("AAAA");
  }

  @Test
  void a_stream_cut_short_says_why() {
    CutNotice why = new CutNotice("insufficient_quota", "used \"up\"", "request-7", Given.AT);
    writer(AnswerShape.EVENTS).cutShort(why, USAGE, out);
    assertThat(text(out.take()))
        .isEqualTo(
            Chunks.event(
                last(
                    NO_WORDS,
                    "\"MAX_TOKENS\",\"finishMessage\":\"insufficient_quota: used \\\"up\\\"\"")));
    GeminiAnswerWriter array = writer(AnswerShape.ARRAY);
    write(array, EVENTS.subList(0, 3)).cutShort(why, USAGE, out);
    assertThat(JsonMapper.shared().readTree(out.take()).size()).isEqualTo(3);
  }

  @Test
  void an_error_in_a_stream_stands_there_bare_as_googles_does() {
    UpstreamFault fault =
        new UpstreamFault(
            503,
            "went away",
            Optional.of("server_error"),
            Optional.of("UNAVAILABLE"),
            Optional.empty());
    writer(AnswerShape.EVENTS).failed(fault, out);
    String json = "{\"error\":{\"code\":503,\"message\":\"went away\",\"status\":\"UNAVAILABLE\"}}";
    assertThat(text(out.take())).isEqualTo(json + "\n");
    writer(AnswerShape.ARRAY).failed(fault, out);
    assertThat(text(out.take())).isEqualTo("[" + json + "]");
    writer(AnswerShape.EVENTS)
        .broken(new Refusal(ErrorCode.UPSTREAM_FAILED, "the provider went away"), out);
    assertThat(text(out.take()))
        .isEqualTo(
            "{\"error\":{\"code\":502,\"message\":\"the provider went away\",\"status\":\"UNAVAILABLE\"}}\n");
  }

  @Test
  void usage_of_many_kinds_reads_back_as_it_was_written() {
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 100)
            .add(UsageKind.AUDIO_INPUT, 20)
            .add(UsageKind.IMAGE_INPUT, 30)
            .add(UsageKind.CACHE_READ, 40)
            .add(UsageKind.AUDIO_CACHE_READ, 5)
            .add(UsageKind.TEXT_OUTPUT, 60)
            .add(UsageKind.REASONING, 70)
            .add(UsageKind.IMAGE_OUTPUT, 80)
            .build();
    writer(AnswerShape.DOCUMENT).end(usage, out);
    byte[] document = out.take();
    GeminiAnswerReader reader = new GeminiAnswerReader(Given.terms());
    reader.document(document, 0, document.length, _ -> {});
    assertThat(
            reader
                .usage()
                .charged(new DeliveredOutput(true, 1, () -> 1), Given.terms().bounds())
                .usage())
        .isEqualTo(usage);
  }

  private static List<AnswerEvent> call(String arguments, FinishReason reason) {
    return List.of(
        new AnswerEvent.PartBegun(
            0, new PartBegin.ToolCall(JsonString.of("c"), JsonString.of("f"))),
        more(0, arguments),
        new AnswerEvent.PartEnded(0),
        new AnswerEvent.Ended(reason, Optional.empty()));
  }

  private GeminiAnswerWriter write(GeminiAnswerWriter writer, List<AnswerEvent> events) {
    events.forEach(event -> writer.write(event, out));
    return writer;
  }

  private static GeminiAnswerWriter writer(AnswerShape shape) {
    return new GeminiAnswerWriter(shape, "m", "r", Given.ERRORS);
  }

  private static AnswerEvent.More more(int part, String text) {
    return new AnswerEvent.More(part, JsonString.of(text));
  }

  private static String chunk(String part) {
    return Chunks.event(BEGIN.replace("[P]", "[" + part + "]"));
  }

  private static String last(String parts, String finish) {
    return LAST.replace("[P]", "[" + parts + "]").replace("\":F,", "\":" + finish + ",");
  }
}
