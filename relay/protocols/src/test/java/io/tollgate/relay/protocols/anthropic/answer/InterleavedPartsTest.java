package io.tollgate.relay.protocols.anthropic.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.conversation.AnswerEvent;
import io.tollgate.relay.protocols.conversation.AnswerWriter;
import io.tollgate.relay.protocols.conversation.FinishReason;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.PartBegin;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Parts may come in any order; blocks go out one after the other. */
class InterleavedPartsTest {
  @Test
  void two_calls_that_come_mixed_go_out_one_after_the_other() {
    assertContent(
        List.of(
            begun(0, call("a")),
            begun(1, call("b")),
            more(0, "{\"x\":"),
            more(1, "{\"y\":"),
            more(0, "1}"),
            more(1, "2}"),
            new AnswerEvent.PartEnded(1),
            new AnswerEvent.PartEnded(0)),
        """
        [{"type":"tool_use","id":"a","name":"n","input":{"x":1}},
         {"type":"tool_use","id":"b","name":"n","input":{"y":2}}]""");
  }

  @Test
  void a_call_whose_arguments_are_whole_holds_nobody_up() {
    AnswerWriter writer = writer(true);
    ByteSink out = new ByteSink();
    writer.write(begun(0, call("a")), out);
    writer.write(more(0, "{\"x\":\"}\\\"{\"}"), out);
    writer.write(begun(1, call("b")), out);
    assertThat(text(out)).contains("\"id\":\"b\"");
  }

  @Test
  void a_text_that_is_interrupted_goes_on_in_a_further_block() {
    assertContent(
        List.of(
            begun(0, new PartBegin.Text()),
            more(0, "I look"),
            begun(1, call("a")),
            more(1, "{"),
            more(0, " it up."),
            more(1, "}"),
            new AnswerEvent.PartEnded(1)),
        """
        [{"type":"text","text":"I look"},
         {"type":"tool_use","id":"a","name":"n","input":{}},
         {"type":"text","text":" it up."}]""");
  }

  @Test
  void signatures_of_others_go_out_marked_that_of_a_call_behind_it() {
    assertContent(
        List.of(
            begun(0, new PartBegin.Thinking()),
            more(0, "Hm."),
            new AnswerEvent.Signed(0, new Signature(Protocol.RESPONSES, JsonString.of("r\"1"))),
            new AnswerEvent.PartEnded(0),
            begun(1, call("a")),
            new AnswerEvent.Signed(1, new Signature(Protocol.GEMINI, JsonString.of("g1"))),
            more(1, "{}"),
            new AnswerEvent.PartEnded(1)),
        """
        [{"type":"thinking","thinking":"Hm.","signature":"tg1.responses.r\\"1"},
         {"type":"tool_use","id":"a","name":"n","input":{}},
         {"type":"redacted_thinking","data":"tg1.gemini.g1"}]""");
  }

  @ParameterizedTest
  @CsvSource({
    "END, false, end_turn",
    "END, true, tool_use",
    "STOP_SEQUENCE, false, stop_sequence",
    "LENGTH, true, max_tokens",
    "TOOL_CALLS, true, tool_use",
    "FILTERED, false, refusal",
    "PAUSED, false, pause_turn",
    "OTHER, false, end_turn"
  })
  void an_end_has_anthropics_word(FinishReason reason, boolean called, String word) {
    for (boolean stream : new boolean[] {true, false}) {
      List<AnswerEvent> events = new ArrayList<>();
      events.add(begun(0, called ? call("a") : new PartBegin.Text()));
      if (!called) {
        events.add(more(0, "x"));
      }
      events.add(
          new AnswerEvent.Ended(
              reason,
              reason == FinishReason.STOP_SEQUENCE
                  ? Optional.of(JsonString.of("END"))
                  : Optional.empty()));
      JsonNode message = message(written(stream, events), stream);
      assertThat(message.get("stop_reason").asString()).isEqualTo(word);
      assertThat(message.get("stop_sequence").isNull())
          .isEqualTo(reason != FinishReason.STOP_SEQUENCE);
    }
  }

  @Test
  void a_picture_and_a_sound_that_were_produced_are_told_in_words() {
    assertContent(
        List.of(
            begun(0, new PartBegin.Produced(new Media.Inline("image/png", JsonString.of("QUJD")))),
            new AnswerEvent.PartEnded(0),
            begun(1, new PartBegin.Produced(new Media.Inline("audio/wav", JsonString.of("QUJE")))),
            new AnswerEvent.PartEnded(1)),
        """
        [{"type":"text","text":"![](data:image/png;base64,QUJD)"},
         {"type":"text","text":"[audio/wav](data:audio/wav;base64,QUJE)"}]""");
  }

  @Test
  void what_waits_is_bounded_and_the_stream_stays_whole() {
    List<AnswerEvent> events = new ArrayList<>();
    events.add(begun(0, call("a")));
    events.add(more(0, "{\"never\":"));
    int parts = 40_000;
    for (int part = 1; part < parts; part++) {
      events.add(begun(part, new PartBegin.Text()));
      events.add(more(part, "x"));
    }
    events.add(more(0, "1}"));
    assertThat(Accumulator.message(written(true, events)).get("content")).hasSize(parts);
  }

  @Test
  void a_place_beyond_all_answers_takes_no_memory() {
    OwnBlocks blocks = OwnBlocks.passing();
    blocks.begins(999_999_999);
    assertThat(blocks.open().size()).isLessThan(1024);
  }

  @Test
  void a_refusal_is_text_and_ends_as_one() {
    JsonNode message =
        message(
            written(
                false,
                List.of(
                    begun(0, new PartBegin.Refusal()),
                    more(0, "No."),
                    new AnswerEvent.Ended(FinishReason.END, Optional.empty()))),
            false);
    assertThat(message.get("content").get(0).get("text").asString()).isEqualTo("No.");
    assertThat(message.get("stop_reason").asString()).isEqualTo("refusal");
  }

  @Test
  void arguments_that_are_no_object_are_not_lost() {
    JsonNode message =
        message(written(false, List.of(begun(0, call("a")), more(0, "{\"cut"))), false);
    assertThat(message.get("content").get(0).get("input").get("arguments").asString())
        .isEqualTo("{\"cut");
  }

  /** Whatever order parts come in, the stream is whole and no word is lost. */
  @Test
  void any_order_gives_a_whole_stream_with_every_word() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int parts = 1 + random.nextInt(5);
      List<List<AnswerEvent>> queues = new ArrayList<>();
      StringBuilder words = new StringBuilder();
      for (int part = 0; part < parts; part++) {
        queues.add(queue(part, random, words));
      }
      List<AnswerEvent> mixed = new ArrayList<>();
      int begun = 0;
      while (queues.stream().anyMatch(queue -> !queue.isEmpty())) {
        int chosen = random.nextInt(Math.min(parts, begun + 1));
        List<AnswerEvent> queue = queues.get(chosen);
        if (!queue.isEmpty()) {
          begun = Math.max(begun, chosen + 1);
          mixed.add(queue.removeFirst());
        } else if (begun < parts) {
          mixed.add(queues.get(begun).removeFirst());
          begun++;
        }
      }
      JsonNode message = Accumulator.message(written(true, mixed));
      int length = 0;
      for (JsonNode block : message.get("content")) {
        for (String field : new String[] {"text", "thinking"}) {
          length += block.get(field) == null ? 0 : block.get(field).asString().length();
        }
        if (block.get("type").asString().equals("tool_use")) {
          assertThat(block.get("input").get("k").asString()).as("seed " + seed).hasSize(4);
        }
      }
      assertThat(length).as("seed " + seed).isEqualTo(words.length());
    }
  }

  private static List<AnswerEvent> queue(int part, Random random, StringBuilder words) {
    List<AnswerEvent> queue = new ArrayList<>();
    int kind = random.nextInt(3);
    PartBegin what =
        kind == 0 ? call("c" + part) : kind == 1 ? new PartBegin.Text() : new PartBegin.Thinking();
    queue.add(begun(part, what));
    if (kind == 0) {
      queue.add(more(part, "{\"k\":"));
      queue.add(more(part, "\"ab"));
      queue.add(more(part, "cd\"}"));
    } else {
      for (int i = random.nextInt(4); i > 0; i--) {
        queue.add(more(part, "word"));
        words.append("word");
      }
    }
    if (random.nextBoolean()) {
      queue.add(new AnswerEvent.PartEnded(part));
    }
    return queue;
  }

  private static void assertContent(List<AnswerEvent> events, String content) {
    for (boolean stream : new boolean[] {true, false}) {
      if (stream || !content.contains(" it up.")) {
        assertThat(message(written(stream, events), stream).get("content"))
            .isEqualTo(Given.json(content));
      }
    }
  }

  private static JsonNode message(String written, boolean stream) {
    return stream ? Accumulator.message(written) : Given.json(written);
  }

  private static String written(boolean stream, List<AnswerEvent> events) {
    AnswerWriter writer = writer(stream);
    ByteSink out = new ByteSink();
    events.forEach(event -> writer.write(event, out));
    writer.end(TokenUsage.of(3, 4), out);
    return text(out);
  }

  private static AnswerWriter writer(boolean stream) {
    return Given.request(",\"stream\":" + stream).answerWriter(Given.terms(3));
  }

  private static AnswerEvent begun(int part, PartBegin what) {
    return new AnswerEvent.PartBegun(part, what);
  }

  private static AnswerEvent more(int part, String text) {
    return new AnswerEvent.More(part, JsonString.of(text));
  }

  private static PartBegin call(String id) {
    return new PartBegin.ToolCall(JsonString.of(id), JsonString.of("n"));
  }

  private static String text(ByteSink out) {
    return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
  }
}
