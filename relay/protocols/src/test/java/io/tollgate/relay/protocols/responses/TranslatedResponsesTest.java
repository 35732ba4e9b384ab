package io.tollgate.relay.protocols.responses;

import static io.tollgate.relay.protocols.responses.Said.text;
import static io.tollgate.relay.protocols.responses.Said.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of this protocol told in no protocol's words, and written in this protocol again. */
class TranslatedResponsesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final CutNotice NOTICE =
      new CutNotice("insufficient_quota", "used\nup", Said.REQUEST_ID, Instant.EPOCH);
  private static final String OWN = "0192f5c0000070008000000000000001";

  @Test
  void a_stream_is_whole_by_the_protocols_own_rules() {
    List<JsonNode> events = events(stream(Said.STREAM));
    assertThat(events)
        .extracting(event -> event.get("type").asString().replace("response.", ""))
        .containsExactly(
            "created",
            "in_progress",
            "output_item.added",
            "reasoning_summary_part.added",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.delta",
            "reasoning_summary_text.done",
            "reasoning_summary_part.done",
            "output_item.done",
            "output_item.added",
            "content_part.added",
            "output_text.delta",
            "output_text.done",
            "content_part.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "output_item.added",
            "function_call_arguments.delta",
            "function_call_arguments.done",
            "output_item.done",
            "completed");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).get("sequence_number").asInt()).isEqualTo(i);
    }
    Accumulated told = new Accumulated(events);
    JsonNode response = events.getLast().get("response");
    assertThat(response.get("output")).isEqualTo(told.output());
    assertThat(response.get("id").asString()).isEqualTo("resp_" + OWN);
    assertThat(response.get("model").asString()).isEqualTo("gpt-5-mini");
    assertThat(response.get("status").asString()).isEqualTo("completed");
    assertThat(response.get("created_at").asLong()).isEqualTo(1_795_953_600);
    assertThat(response.get("tools")).hasSize(1);
    assertThat(response.get("usage")).isEqualTo(JSON.readTree(Said.USAGE));
    assertThat(told.output().get(0))
        .isEqualTo(
            JSON.readTree(
                "{\"id\":\"rs_"
                    + OWN
                    + "_0\",\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\","
                    + "\"text\":\"Two cities …\"}],\"encrypted_content\":\"gAAAAA==\"}"));
    assertThat(told.output().get(3).get("arguments").asString()).isEqualTo("{\"city\":\"Rome\"}");
    assertThat(told.output().get(3).get("call_id").asString()).isEqualTo("call_b");
  }

  @Test
  void where_a_stream_is_cut_makes_no_difference() {
    byte[] bytes = utf8(Said.STREAM.replace("\n", "\r\n"));
    String whole = stream(Said.STREAM);
    for (int cut = 0; cut <= bytes.length; cut += 11) {
      StreamTap tap = tap();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.writeBytes(tap.accept(Arrays.copyOf(bytes, cut)));
      out.writeBytes(tap.accept(Arrays.copyOfRange(bytes, cut, bytes.length)));
      out.writeBytes(tap.finish());
      assertThat(text(out.toByteArray())).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @Test
  void the_end_waits_for_the_result() {
    StreamTap tap = tap();
    assertThat(text(tap.accept(utf8(Said.STREAM)))).doesNotContain("response.completed");
    assertThat(tap.done()).isTrue();
    assertThat(tap.allCome()).isTrue();
    assertThat(text(tap.finish())).contains("response.completed");
  }

  @Test
  void a_document_says_the_same_as_the_stream() {
    JsonNode streamed = events(stream(Said.STREAM)).getLast().get("response");
    String document = end(Said.STREAM);
    JsonNode whole = JSON.readTree(whole(false, document).body());
    assertThat(whole).isEqualTo(streamed);
    assertThat(JSON.readTree(whole(false, Said.STREAM).body())).isEqualTo(streamed);
    assertThat(events(text(whole(true, document).body())).getLast().get("response"))
        .isEqualTo(streamed);
  }

  @Test
  void refusals_and_several_parts_of_one_message_stay_together() {
    String message =
        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":["
            + "{\"type\":\"output_text\",\"text\":\"One\"},{\"type\":\"output_text\",\"text\":\"Two\"},"
            + "{\"type\":\"refusal\",\"refusal\":\"No\"}]}";
    String stream = text(whole(true, Said.response("completed", message, Said.USAGE)).body());
    List<JsonNode> events = events(stream);
    JsonNode output = new Accumulated(events).output();
    assertThat(output).hasSize(1);
    assertThat(output.get(0).get("content")).hasSize(3);
    assertThat(output.get(0).get("content").get(2).get("refusal").asString()).isEqualTo("No");
    assertThat(stream).contains("response.refusal.delta", "response.refusal.done");
  }

  @Test
  void how_an_answer_ended_is_kept() {
    String length =
        Said.response("incomplete", Said.message("Hel"), Said.USAGE)
            .replace(
                "\"incomplete_details\":null",
                "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}");
    JsonNode whole = JSON.readTree(whole(false, length).body());
    assertThat(whole.get("status").asString()).isEqualTo("incomplete");
    assertThat(whole.get("incomplete_details").get("reason").asString())
        .isEqualTo("max_output_tokens");
    String filtered = length.replace("max_output_tokens", "content_filter");
    assertThat(text(whole(true, filtered).body()))
        .contains("event: response.incomplete\n", "{\"reason\":\"content_filter\"}");
    // nothing but the word that a filter stopped it is an answer all the same
    String alone = filtered.replace(Said.message("Hel"), "");
    assertThat(whole(false, alone).verdict()).isInstanceOf(AnswerVerdict.Answer.class);
  }

  @Test
  void thoughts_without_words_are_given_back_sealed() {
    String sealed =
        "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA\"}";
    JsonNode output =
        JSON.readTree(
                whole(false, Said.response("completed", sealed + "," + Said.message("x"), "null"))
                    .body())
            .get("output");
    assertThat(output.get(0).get("encrypted_content").asString()).isEqualTo("gAAA");
    assertThat(output.get(1).get("content").get(0).get("text").asString()).isEqualTo("x");
  }

  @Test
  void parts_of_a_summary_are_joined_and_raw_thoughts_are_told_too() {
    String stream =
        Said.event(
                "response.output_item.added",
                0,
                "\"output_index\":0,\"item\":{\"id\":\"r\",\"type\":\"reasoning\",\"summary\":[]}")
            + summary("One")
            + summary("Two")
            + Said.event(
                "response.reasoning_text.delta",
                5,
                "\"item_id\":\"r\",\"output_index\":0,\"content_index\":0,\"delta\":\"again\"")
            + Said.event(
                "response.reasoning_text.delta",
                6,
                "\"item_id\":\"q\",\"output_index\":1,\"content_index\":0,\"delta\":\"raw\"")
            + Said.event(
                "response.completed", 7, "\"response\":" + Said.response("completed", "", "null"));
    JsonNode output = new Accumulated(events(stream(stream))).output();
    assertThat(output.get(0).get("summary").get(0).get("text").asString()).isEqualTo("One\n\nTwo");
    assertThat(output.get(1).get("summary").get(0).get("text").asString()).isEqualTo("raw");
  }

  private static String summary(String text) {
    String place = "\"item_id\":\"r\",\"output_index\":0,\"summary_index\":0,";
    return Said.event("response.reasoning_summary_part.added", 1, place + "\"part\":{}")
        + Said.event(
            "response.reasoning_summary_text.delta", 2, place + "\"delta\":\"" + text + "\"");
  }

  @Test
  void what_an_upstream_leaves_out_of_its_events_is_told_all_the_same() {
    // only deltas, only whole texts, only items, only the end
    String delta =
        Said.event(
            "response.output_text.delta",
            0,
            "\"output_index\":0,\"content_index\":0,\"delta\":\"Hi\"");
    String done =
        Said.event(
            "response.output_text.done",
            0,
            "\"output_index\":0,\"content_index\":0,\"text\":\"Hi\"");
    String item =
        Said.event(
            "response.output_item.done", 0, "\"output_index\":0,\"item\":" + Said.message("Hi"));
    String ended =
        Said.event(
            "response.completed", 1, "\"response\":" + Said.response("completed", "", "null"));
    String all =
        Said.event(
            "response.completed",
            1,
            "\"response\":" + Said.response("completed", Said.message("Hi"), "null"));
    String expected = stream(delta + ended);
    assertThat(expected).contains("\"text\":\"Hi\"");
    assertThat(stream(done + ended)).isEqualTo(expected);
    assertThat(stream(item + ended)).isEqualTo(expected);
    assertThat(stream(all)).isEqualTo(expected);
    assertThat(stream(delta + done + item + all)).isEqualTo(expected);
  }

  @Test
  void a_stream_that_is_cut_short_is_whole_and_says_why() {
    StreamTap tap = tap();
    String half = Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text.done"));
    String passed = text(tap.accept(utf8(half)));
    String cut = text(tap.cutShort(NOTICE, TokenUsage.of(9, 4)));
    assertThat(cut).startsWith(": used up\n\n");
    List<JsonNode> events = events(passed + cut);
    JsonNode output = new Accumulated(events).output();
    JsonNode last = events.getLast();
    assertThat(last.get("type").asString()).isEqualTo("response.incomplete");
    assertThat(last.get("response").get("output")).isEqualTo(output);
    assertThat(output.get(1).get("status").asString()).isEqualTo("incomplete");
    assertThat(last.get("response").get("incomplete_details").get("reason").asString())
        .isEqualTo("max_output_tokens");
    assertThat(last.get("response").get("notice").get("message").asString()).isEqualTo("used\nup");
    assertThat(last.get("response").get("usage").get("output_tokens").asInt()).isEqualTo(4);
  }

  @Test
  void an_error_in_the_middle_ends_the_stream() {
    StreamTap tap = tap();
    String half = Said.STREAM.substring(0, Said.STREAM.indexOf("event: response.output_text.done"));
    String passed = text(tap.accept(utf8(half)));
    String error =
        text(
            tap.accept(
                utf8(Said.event("error", 12, "\"error\":{\"message\":\"gone\",\"code\":null}"))));
    List<JsonNode> events = events(passed + error);
    assertThat(events.get(events.size() - 2).get("error").get("message").asString())
        .isEqualTo("gone");
    assertThat(events.getLast().get("type").asString()).isEqualTo("response.failed");
    assertThat(events.getLast().get("response").get("error").get("message").asString())
        .isEqualTo("gone");
    assertThat(tap.finish()).isEmpty();
  }

  @Test
  void a_model_that_does_not_give_its_thoughts_back_is_asked_again_without() {
    UpstreamCall call = call(true, "o3");
    assertThat(text(call.body())).contains("reasoning.encrypted_content");
    Optional<UpstreamCall> again =
        call.withoutOurs(
            400,
            utf8(
                "{\"error\":{\"message\":\"Encrypted content is not supported\",\"param\":\"include\"}}"));
    assertThat(text(again.orElseThrow().body())).doesNotContain("encrypted_content");
    assertThat(again.get().withoutOurs(400, utf8("include"))).isEmpty();
    assertThat(call.withoutOurs(400, utf8("{\"error\":{\"message\":\"bad\"}}"))).isEmpty();
    assertThat(call.withoutOurs(500, utf8("include"))).isEmpty();
  }

  private static String stream(String stream) {
    StreamTap tap = tap();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tap.accept(utf8(stream)));
    out.writeBytes(tap.finish());
    return text(out.toByteArray());
  }

  /** The response that the last event holds. */
  private static String end(String stream) {
    List<JsonNode> events = events(stream);
    return events.getLast().get("response").toString();
  }

  private static List<JsonNode> events(String stream) {
    List<JsonNode> events = new ArrayList<>();
    for (String event : stream.split("\n\n")) {
      if (event.startsWith(":")) {
        continue;
      }
      String[] lines = event.split("\n");
      assertThat(lines).hasSize(2);
      JsonNode data = JSON.readTree(lines[1].substring("data: ".length()));
      assertThat(lines[0]).isEqualTo("event: " + data.get("type").asString());
      events.add(data);
    }
    return events;
  }

  private static StreamTap tap() {
    return call(true, "gpt-5").stream(Said.terms());
  }

  private static WholeAnswer whole(boolean stream, String answer) {
    return call(stream, "gpt-5").whole(utf8(answer), Said.terms());
  }

  private static UpstreamCall call(boolean stream, String model) {
    return TranslatedResponsesCall.of(
        Said.request(
            "{\"model\":\"gpt-5-mini\",\"input\":\"Hi\",\"stream\":"
                + stream
                + ",\"tools\":[{\"type\":\"function\",\n\"name\":\"get_weather\",\"parameters\":{}}]}"),
        model,
        ThinkingTable.USUAL);
  }
}
