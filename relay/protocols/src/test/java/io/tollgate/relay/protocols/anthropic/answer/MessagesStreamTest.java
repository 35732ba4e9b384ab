package io.tollgate.relay.protocols.anthropic.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CutNotice;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.internal.answers.TranslatedStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MessagesStreamTest {
  private static final TokenUsage AGENT_USAGE =
      TokenUsage.builder()
          .add(UsageKind.TEXT_INPUT, 12)
          .add(UsageKind.CACHE_READ, 400)
          .add(UsageKind.CACHE_WRITE, 20)
          .add(UsageKind.CACHE_WRITE_1H, 10)
          .add(UsageKind.TEXT_OUTPUT, 49)
          .add(UsageKind.REASONING, 9)
          .build();

  @Test
  void own_to_own_passes_byte_for_byte_and_is_charged_by_its_kinds() {
    StreamTap tap = own();
    assertThat(Given.passed(tap, Given.utf8(Streams.AGENT))).isEqualTo(Streams.AGENT);
    assertThat(tap.charged().usage()).isEqualTo(AGENT_USAGE);
    assertThat(tap.charged().reported()).isTrue();
    assertThat(tap.servedTier())
        .hasValueSatisfying(t -> assertThat(t.name()).isEqualTo("standard"));
    assertThat(tap.verdict()).contains(new AnswerVerdict.Answer());
    assertThat(tap.done()).isTrue();
  }

  @Test
  void a_piece_passes_as_the_same_array() {
    StreamTap tap = own();
    tap.accept(Given.utf8(Streams.start("\"input_tokens\":1,\"output_tokens\":1")));
    tap.accept(Given.utf8(Streams.begin(0, "{\"type\":\"text\",\"text\":\"\"}")));
    byte[] piece = Given.utf8(Streams.delta(0, "text_delta", "text", "Hi"));
    assertThat(tap.accept(piece)).isSameAs(piece);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cutting_a_stream_anywhere_gives_the_same(boolean translated) {
    byte[] stream = Given.utf8(Streams.AGENT);
    String whole = Given.passed(translated ? translated() : own(), stream);
    for (int cut = 0; cut <= stream.length; cut++) {
      StreamTap tap = translated ? translated() : own();
      String passed =
          Given.passed(
              tap,
              Arrays.copyOfRange(stream, 0, cut),
              Arrays.copyOfRange(stream, cut, stream.length));
      assertThat(passed).isEqualTo(whole);
      assertThat(tap.charged().usage()).isEqualTo(AGENT_USAGE);
    }
  }

  @Test
  void translated_through_the_common_model_it_is_the_same_message() {
    JsonNode before = Accumulator.message(Streams.AGENT);
    JsonNode after = Accumulator.message(Given.passed(translated(), Given.utf8(Streams.AGENT)));
    assertThat(after.get("content")).isEqualTo(before.get("content"));
    assertThat(after.get("stop_reason")).isEqualTo(before.get("stop_reason"));
    for (String field :
        new String[] {
          "input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"
        }) {
      assertThat(after.get("usage").get(field)).isEqualTo(before.get("usage").get(field));
    }
    assertThat(after.get("usage").get("output_tokens_details").get("thinking_tokens").asInt())
        .isEqualTo(9);
  }

  @Test
  void a_broken_connection_before_the_end_is_told_as_such_and_costs_what_came() {
    String half = Streams.AGENT.substring(0, Streams.AGENT.indexOf("event: message_delta"));
    StreamTap tap = own();
    Given.passed(tap, Given.utf8(half));
    assertThat(tap.finished()).isFalse();
    assertThat(tap.charged().usage().input()).isEqualTo(442);
    assertThat(tap.charged().usage().cached()).isEqualTo(400);
    assertThat(tap.charged().usage().output()).isEqualTo(tap.countedOutput()).isGreaterThan(5);
  }

  @Test
  void an_end_that_never_comes_is_written_here() {
    String open = Streams.AGENT.replace(Streams.STOP, "");
    assertThat(Given.passed(own(), Given.utf8(open))).isEqualTo(Streams.AGENT);
  }

  @Test
  void nothing_passes_before_something_of_an_answer_has_come() {
    StreamTap tap = own();
    assertThat(tap.accept(Given.utf8(Streams.start("\"input_tokens\":1,\"output_tokens\":1"))))
        .isEmpty();
    assertThat(tap.verdict()).isEmpty();
    tap.accept(
        Given.utf8(
            Streams.event(
                "error",
                ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded at org-abcd1234\"}")));
    assertThat(tap.verdict().orElseThrow())
        .isInstanceOfSatisfying(
            AnswerVerdict.Failed.class,
            failed -> {
              assertThat(failed.fault().status()).isEqualTo(529);
              assertThat(failed.fault().message()).isEqualTo("Overloaded at [organization]");
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_error_in_the_middle_is_told_cleaned(boolean translated) {
    String stream =
        Streams.start("\"input_tokens\":1,\"output_tokens\":1")
            + Streams.begin(0, "{\"type\":\"text\",\"text\":\"\"}")
            + Streams.delta(0, "text_delta", "text", "Hi")
            + Streams.event(
                "error",
                ",\"error\":{\"type\":\"api_error\",\"message\":\"lost sk-ant-api03-xyz123\"}");
    StreamTap tap = translated ? translated() : own();
    String passed = Given.passed(tap, Given.utf8(stream));
    assertThat(tap.errorSeen()).isTrue();
    assertThat(passed)
        .endsWith(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\","
                + "\"message\":\"lost [key]\"},\"request_id\":\""
                + Given.REQUEST_ID
                + "\"}\n\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stream_cut_short_anywhere_is_whole_by_the_rules_and_says_why(boolean translated) {
    String[] events = Streams.AGENT.split("(?<=\n\n)");
    // the end itself is not cut
    for (int count = 0; count < events.length - 2; count++) {
      StreamTap tap = translated ? translated() : own();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        out.writeBytes(tap.accept(Given.utf8(events[i])));
      }
      CutNotice why =
          new CutNotice("insufficient_quota", "Means are\nused up.", "id", Instant.EPOCH);
      out.writeBytes(tap.cutShort(why, TokenUsage.of(7, 3)));
      String cut = out.toString(StandardCharsets.UTF_8);
      JsonNode message = Accumulator.message(cut);
      assertThat(message.get("stop_reason").asString()).isEqualTo("max_tokens");
      assertThat(message.get("usage").get("output_tokens").asInt()).isEqualTo(3);
      assertThat(cut)
          .contains(": Means are used up.\n\n")
          .contains("\"notice\":{\"code\":\"insufficient_quota\"");
    }
  }

  @Test
  void our_own_refusal_in_the_middle_is_an_error_event() {
    byte[] broken = own().broken(new Refusal(ErrorCode.UPSTREAM_TIMEOUT, "Too slow."));
    assertThat(new String(broken, StandardCharsets.UTF_8))
        .startsWith(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"timeout_error\"");
  }

  @Test
  void tools_that_the_provider_runs_pass_at_once_and_count() {
    String stream =
        Streams.start("\"input_tokens\":10,\"output_tokens\":1")
            + Streams.begin(
                0,
                "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{}}")
            + Streams.delta(0, "input_json_delta", "partial_json", "{\\\"query\\\":\\\"tolls\\\"}")
            + Streams.end(0);
    StreamTap tap = own();
    assertThat(tap.accept(Given.utf8(stream))).isNotEmpty();
    assertThat(tap.verdict()).contains(new AnswerVerdict.Answer());
    assertThat(tap.countedOutput()).isGreaterThan(4);
  }

  private static StreamTap own() {
    return Given.UPSTREAM.call(Given.request(",\"stream\":true"), "claude-sonnet-4-5").stream(
        Given.terms(5));
  }

  /** Through the common model, as for a caller of another protocol. */
  static StreamTap translated() {
    return new TranslatedStream(
        AnthropicAnswerReader.translated(Given.terms(5)),
        Given.request(",\"stream\":true").answerWriter(Given.terms(5)),
        Given.terms(5));
  }
}
