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
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.gemini.answer.GeminiAnswerReader;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import io.tollgate.relay.protocols.internal.answers.TranslatedStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams as they pass to callers of Gemini, as they came, as an array, and written anew. */
class GeminiStreamsTest {
  private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}";
  private static final String TRICK =
      event(
          chunk(text("\\\"usageMetadata\\\":{\\\"promptTokenCount\\\":1} data: {}\\n\\n"), "", ""));
  private static final String THOUGHT =
      event(chunk("{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"U2ln\"}", "", ""));
  private static final String WORDS =
      event(chunk(text("Grüße 世界🌍"), "", usage("\"promptTokenCount\":9,\"totalTokenCount\":9")));
  private static final String CALL =
      event(chunk("{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":\"\\u00e9\"}}}", "", ""));
  private static final String REPORT =
      usage(
          "\"promptTokenCount\":9,\"cachedContentTokenCount\":2,\"candidatesTokenCount\":30,\"thoughtsTokenCount\":4,\"totalTokenCount\":43");
  private static final String STOP = event(chunk(text(""), "STOP", REPORT));
  private static final String BEFORE = THOUGHT + TRICK + WORDS + CALL;
  private static final TokenUsage USAGE = new TokenUsage(9, 2, 0, 34, 4);
  private static final CutNotice NOTICE =
      new CutNotice("insufficient_quota", "used up", Given.REQUEST_ID, Given.AT);

  /** What a stream came to. */
  private record Seen(
      String passed,
      String held,
      TokenUsage usage,
      long counted,
      boolean finished,
      boolean content) {}

  /** The three ways of an answer to a caller. */
  enum Way {
    PASSED,
    ARRAY,
    WRITTEN_ANEW,
    WRITTEN_AS_ARRAY;

    StreamTap tap() {
      return switch (this) {
        case PASSED -> call(AnswerShape.EVENTS).stream(Given.terms());
        case ARRAY -> call(AnswerShape.ARRAY).stream(Given.terms());
        case WRITTEN_ANEW -> translated(AnswerShape.EVENTS);
        case WRITTEN_AS_ARRAY -> translated(AnswerShape.ARRAY);
      };
    }

    private static StreamTap translated(AnswerShape shape) {
      return new TranslatedStream(
          new GeminiAnswerReader(Given.terms()),
          Given.content(shape, BODY).answerWriter(Given.terms()),
          Given.terms());
    }

    boolean array() {
      return this == ARRAY || this == WRITTEN_AS_ARRAY;
    }
  }

  static List<Way> ways() {
    return List.of(Way.values());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void every_cut_gives_the_same_result(Way way) {
    for (String lineEnd : List.of("\r\n", "\n", "\r")) {
      byte[] bytes = utf8((BEFORE + STOP).replace("\r\n", lineEnd));
      Seen whole = see(way, bytes);
      assertThat(whole.usage).isEqualTo(USAGE);
      assertThat(whole.finished).isTrue();
      for (int cut = 0; cut <= bytes.length; cut++) {
        assertThat(
                see(way, Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
            .as("cut at %d with line end %d", cut, (int) lineEnd.charAt(0))
            .isEqualTo(whole);
      }
      assertThat(see(way, singly(bytes))).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void random_cuts_of_random_streams_give_the_same_result(Way way) {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String[] parts = {
      THOUGHT,
      TRICK,
      WORDS,
      CALL,
      STOP,
      ": c\n\n",
      "\n",
      "\r\n\r\n",
      "data: {\n\n",
      "event: x\n",
      "data:{\"candidates\":[],\ndata: \"x\":1}\r\n\r\n",
      "data\n\n",
      "data: {\"error\":{\"code\":503}}\n\n",
      "{\n \"error\": {\"code\":500, \"message\":\"x\"}\n}\n\n",
      "id: 1\rdata: {}\r\r"
    };
    for (int i = 0; i < 300; i++) {
      StringBuilder made = new StringBuilder();
      int length = random.nextInt(1, 12);
      for (int j = 0; j < length; j++) {
        made.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = utf8(made.toString());
      int one = random.nextInt(bytes.length + 1);
      int two = random.nextInt(one, bytes.length + 1);
      assertThat(
              see(
                  way,
                  Arrays.copyOf(bytes, one),
                  Arrays.copyOfRange(bytes, one, two),
                  Arrays.copyOfRange(bytes, two, bytes.length)))
          .as("seed %d, cuts at %d and %d of %s", seed, one, two, made)
          .isEqualTo(see(way, bytes));
    }
  }

  @Test
  void bytes_pass_as_they_came_and_the_end_waits_for_the_record() {
    Seen seen = see(Way.PASSED, utf8(BEFORE + STOP));
    assertThat(seen.passed).isEqualTo(BEFORE);
    assertThat(seen.held).isEqualTo(STOP);
    StreamTap tap = Way.PASSED.tap();
    byte[] piece = utf8(BEFORE);
    assertThat(tap.accept(piece)).isSameAs(piece);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void each_form_says_its_type(Way way) {
    assertThat(way.tap().contentType())
        .isEqualTo(way.array() ? "application/json" : "text/event-stream; charset=utf-8");
  }

  @Test
  void an_array_holds_what_the_events_did() {
    Seen seen = see(Way.ARRAY, utf8(BEFORE + STOP));
    String items = (BEFORE + STOP).strip().replaceAll("(?m)^data: ", "").replace("\r\n\r\n", ",\n");
    assertThat(seen.passed + seen.held).isEqualTo("[" + items + "]");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void what_is_written_reads_as_the_same_answer(Way way) {
    Seen seen = see(way, utf8(BEFORE + STOP));
    String written = seen.passed + seen.held;
    StringBuilder words = new StringBuilder();
    List<JsonNode> items = items(way, written);
    for (JsonNode item : items) {
      for (JsonNode part : item.path("candidates").path(0).path("content").path("parts")) {
        words.append(part.path("thought").asBoolean() ? "" : part.path("text").asString(""));
      }
    }
    JsonNode last = items.getLast();
    assertThat(words.toString()).endsWith("Grüße 世界🌍");
    assertThat(written).contains("\"thoughtSignature\":\"U2ln\"");
    assertThat(last.path("candidates").path(0).path("finishReason").asString()).isEqualTo("STOP");
    assertThat(last.path("usageMetadata").path("promptTokenCount").asLong()).isEqualTo(9);
    assertThat(last.path("usageMetadata").path("thoughtsTokenCount").asLong()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_stream_cut_short_anywhere_is_whole_and_says_why(Way way) {
    List<String> events = List.of(THOUGHT, WORDS, CALL);
    for (int count = 1; count <= events.size(); count++) {
      StreamTap tap = way.tap();
      String written = text(tap.accept(utf8(String.join("", events.subList(0, count)))));
      written += text(tap.cutShort(NOTICE, USAGE));
      JsonNode last = items(way, written).getLast();
      JsonNode candidate = last.path("candidates").path(0);
      assertThat(candidate.path("finishReason").asString()).isEqualTo("MAX_TOKENS");
      assertThat(candidate.path("finishMessage").asString())
          .isEqualTo("insufficient_quota: used up");
      assertThat(last.path("usageMetadata").path("totalTokenCount").asLong()).isEqualTo(43);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_error_before_anything_is_told_to_nobody(Way way) {
    for (String error :
        List.of(
            "data: {\"error\":{\"code\":429,\"message\":\"at relay-7.upstream.example\"}}\n\n",
            "{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"at relay-7.upstream.example\"\n  }\n}\n\n")) {
      StreamTap tap = way.tap();
      tap.accept(utf8(error));
      assertThat(tap.verdict())
          .get()
          .isInstanceOfSatisfying(
              AnswerVerdict.Failed.class,
              failed -> {
                assertThat(failed.fault().status()).isEqualTo(429);
                assertThat(failed.fault().message()).isEqualTo("at [address]");
              });
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_error_in_the_middle_is_told_cleaned_and_bare(Way way) {
    for (String error :
        List.of(
            "data: {\"error\":{\"code\":503,\"message\":\"at relay-7.upstream.example\",\"status\":\"UNAVAILABLE\"}}\n\n",
            "{\"error\":\n{\"code\":503,\"message\":\"at relay-7.upstream.example\",\"status\":\"UNAVAILABLE\"}}")) {
      StreamTap tap = way.tap();
      String written = text(tap.accept(utf8(WORDS + error)));
      written += text(tap.finish());
      String told =
          "{\"error\":{\"code\":503,\"message\":\"at [address]\",\"status\":\"UNAVAILABLE\"}}";
      assertThat(written).doesNotContain("upstream.example");
      assertThat(tap.errorSeen()).isTrue();
      if (way.array()) {
        assertThat(items(way, written).getLast().toString()).isEqualTo(told);
      } else {
        assertThat(written).endsWith("\n" + told + "\n");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_stream_without_an_answer_is_none_and_passes_nothing(Way way) {
    for (String stream :
        List.of(
            "",
            ": ping\n\n",
            "data: {}\n\n",
            "<html>",
            event(
                "{\"candidates\":[{\"finishReason\":\"MALFORMED_FUNCTION_CALL\",\"index\":0}]"
                    + REPORT
                    + "}"),
            event("{\"candidates\":[]" + REPORT + "}"))) {
      StreamTap tap = way.tap();
      assertThat(tap.accept(utf8(stream))).isEmpty();
      assertThat(tap.verdict()).isEmpty();
      tap.finish();
      assertThat(tap.verdict()).as(stream).containsInstanceOf(AnswerVerdict.NoAnswer.class);
      assertThat(tap.finished()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void an_end_alone_is_empty_and_free(Way way) {
    StreamTap tap = way.tap();
    tap.accept(
        utf8(
            event(chunk(text(""), "STOP", usage("\"promptTokenCount\":9,\"totalTokenCount\":9")))));
    tap.finish();
    assertThat(tap.verdict()).containsInstanceOf(AnswerVerdict.Empty.class);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_filtered_prompt_is_an_answer_and_free(Way way) {
    StreamTap tap = way.tap();
    tap.accept(
        utf8(
            event(
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}"
                    + usage("\"promptTokenCount\":9,\"totalTokenCount\":9")
                    + "}")));
    assertThat(tap.finished()).isTrue();
    assertThat(tap.allCome()).isTrue();
    String written = text(tap.finish());
    assertThat(tap.verdict()).containsInstanceOf(AnswerVerdict.Answer.class);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(written).contains("SAFETY");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_broken_stream_is_not_finished_and_counts_what_came(Way way) {
    StreamTap tap = way.tap();
    tap.accept(utf8(WORDS));
    tap.finish();
    assertThat(tap.finished()).isFalse();
    assertThat(tap.done()).isFalse();
    assertThat(tap.charged().usage().output()).isPositive();
    assertThat(tap.charged().reported()).isFalse();
  }

  private static List<JsonNode> items(Way way, String written) {
    if (way.array()) {
      return JsonMapper.shared().readTree(written).valueStream().toList();
    }
    return Arrays.stream(written.split("\r\n\r\n"))
        .map(event -> JsonMapper.shared().readTree(event.substring("data: ".length())))
        .toList();
  }

  private static GeminiCall call(AnswerShape shape) {
    return new GeminiCall(Given.content(shape, BODY), "gemini-2.5-flash");
  }

  private static Seen see(Way way, byte[]... pieces) {
    StreamTap tap = way.tap();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      bytes.writeBytes(tap.accept(piece));
    }
    String held = text(tap.finish());
    return new Seen(
        bytes.toString(StandardCharsets.UTF_8),
        held,
        tap.charged().usage(),
        tap.countedOutput(),
        tap.finished(),
        tap.contentSeen());
  }

  private static byte[][] singly(byte[] bytes) {
    byte[][] pieces = new byte[bytes.length][];
    for (int i = 0; i < bytes.length; i++) {
      pieces[i] = new byte[] {bytes[i]};
    }
    return pieces;
  }
}
