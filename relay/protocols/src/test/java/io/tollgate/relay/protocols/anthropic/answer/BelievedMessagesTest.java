package io.tollgate.relay.protocols.anthropic.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.StreamTap;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line for each place where Anthropic and those who follow it put a number. */
class BelievedMessagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // start | delta | input | read | write 5m | write 1h | output | thinking
        "\"input_tokens\":25,\"output_tokens\":1 | \"output_tokens\":15 | 25 | 0 | 0 | 0 | 15 | 0",
        "\"input_tokens\":0,\"output_tokens\":0 | \"input_tokens\":25,\"output_tokens\":15 | 25 | 0 | 0 | 0 | 15 | 0",
        "\"input_tokens\":500,\"output_tokens\":1 | \"input_tokens\":3,\"cache_read_input_tokens\":497,\"output_tokens\":15 | 3 | 497 | 0 | 0 | 15 | 0",
        "\"input_tokens\":25,\"output_tokens\":1 | \"input_tokens\":0,\"output_tokens\":15 | 25 | 0 | 0 | 0 | 15 | 0",
        "\"input_tokens\":25,\"output_tokens\":1 | \"input_tokens\":null,\"cache_read_input_tokens\":null,\"output_tokens\":15 | 25 | 0 | 0 | 0 | 15 | 0",
        "\"input_tokens\":2,\"cache_creation_input_tokens\":30,\"cache_read_input_tokens\":8 | \"output_tokens\":15 | 2 | 8 | 30 | 0 | 15 | 0",
        "\"input_tokens\":2,\"cache_creation_input_tokens\":30,\"cache_creation\":{\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":20} | \"output_tokens\":15 | 2 | 0 | 10 | 20 | 15 | 0",
        "\"input_tokens\":2,\"cache_creation\":{\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":null} | \"output_tokens\":15 | 2 | 0 | 10 | 0 | 15 | 0",
        "\"input_tokens\":2,\"cache_creation\":null,\"output_tokens\":1 | \"output_tokens\":15,\"output_tokens_details\":{\"thinking_tokens\":9} | 2 | 0 | 0 | 0 | 6 | 9",
        "\"input_tokens\":12.0,\"output_tokens\":1 | \"output_tokens\":15.0 | 12 | 0 | 0 | 0 | 15 | 0",
        "\"input_tokens\":2,\"output_tokens\":1,\"newer\":{\"a\":[1]} | \"output_tokens\":15,\"iterations\":[{\"output_tokens\":7}] | 2 | 0 | 0 | 0 | 15 | 0"
      })
  void the_last_of_each_field_counts_and_each_kind_once(
      String start,
      String delta,
      long input,
      long read,
      long write,
      long writeHour,
      long output,
      long thinking) {
    ChargedUsage charged = streamed(start, delta).charged();
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage())
        .isEqualTo(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, input)
                .add(UsageKind.CACHE_READ, read)
                .add(UsageKind.CACHE_WRITE, write)
                .add(UsageKind.CACHE_WRITE_1H, writeHour)
                .add(UsageKind.TEXT_OUTPUT, output)
                .add(UsageKind.REASONING, thinking)
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"input_tokens\":-5,\"output_tokens\":1 | \"output_tokens\":15 | WHOLE_NUMBERS",
        "\"input_tokens\":\"25\",\"output_tokens\":1 | \"output_tokens\":15 | WHOLE_NUMBERS",
        "\"input_tokens\":25e9,\"output_tokens\":1 | \"output_tokens\":15 | WHOLE_NUMBERS",
        "\"output_tokens\":1 | \"output_tokens\":15 | BOTH_SIDES",
        "\"input_tokens\":0,\"output_tokens\":0 | \"output_tokens\":0 | NOT_NOTHING"
      })
  void what_cannot_be_true_is_counted_here(String start, String delta, UsageRule rule) {
    ChargedUsage charged = streamed(start, delta).charged();
    assertThat(charged.reported()).isFalse();
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(rule);
    assertThat(charged.usage().input()).isEqualTo(9);
    assertThat(charged.usage().output()).isPositive();
  }

  @Test
  void without_any_report_what_passed_is_counted() {
    String stream =
        Streams.begin(0, "{\"type\":\"text\",\"text\":\"\"}")
            + Streams.delta(0, "text_delta", "text", "Hello there")
            + Streams.STOP;
    StreamTap tap = tap();
    Given.passed(tap, Given.utf8(stream));
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(9, 2));
  }

  @Test
  void who_leaves_after_the_start_pays_the_input_that_was_reported() {
    StreamTap tap = tap();
    tap.accept(
        Given.utf8(
            Streams.start(
                "\"input_tokens\":2,\"cache_read_input_tokens\":40,\"output_tokens\":1")));
    assertThat(tap.chargedSoFar().usage().cached()).isEqualTo(40);
    assertThat(tap.chargedSoFar().usage().input()).isEqualTo(42);
  }

  @Test
  void faster_service_is_the_tier_that_served() {
    StreamTap tap =
        streamed(
            "\"input_tokens\":2,\"output_tokens\":1,\"service_tier\":\"standard\",\"speed\":\"fast\"",
            "\"output_tokens\":15");
    assertThat(tap.servedTier())
        .hasValueSatisfying(tier -> assertThat(tier.name()).isEqualTo("fast"));
  }

  @Test
  void blocks_without_a_beginning_and_calls_said_at_once_are_read() {
    String stream =
        Streams.start("\"input_tokens\":2,\"output_tokens\":1")
            + Streams.delta(0, "text_delta", "text", "Hi")
            + Streams.begin(1, "{\"type\":\"tool_use\",\"name\":\"n\",\"input\":{\"a\": 1}}")
            + Streams.end(1)
            + Streams.finish("tool_use", "\"output_tokens\":15")
            + Streams.STOP;
    assertThat(
            Accumulator.message(Given.passed(MessagesStreamTest.translated(), Given.utf8(stream)))
                .get("content"))
        .isEqualTo(
            Given.json(
                """
                [{"type":"text","text":"Hi"},
                 {"type":"tool_use","id":"toolu_0192f5c0000070008000000000000001_1","name":"n","input":{"a":1}}]"""));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, true",
    "'', false",
    "null, false",
    "model_context_window_exceeded, true",
    "new, true"
  })
  void a_blank_reason_is_no_end(String reason, boolean end) {
    StreamTap tap = tap();
    tap.accept(
        Given.utf8(
            Streams.begin(0, "{\"type\":\"text\",\"text\":\"Hi\"}")
                + Streams.finish(reason, "\"output_tokens\":15")));
    assertThat(tap.finished()).isEqualTo(end);
  }

  private static StreamTap streamed(String start, String delta) {
    StreamTap tap = tap();
    Given.passed(
        tap,
        Given.utf8(
            Streams.start(start)
                + Streams.begin(0, "{\"type\":\"text\",\"text\":\"\"}")
                + Streams.delta(0, "text_delta", "text", "Hello there")
                + Streams.end(0)
                + Streams.finish("end_turn", delta)
                + Streams.STOP));
    return tap;
  }

  private static StreamTap tap() {
    return Given.UPSTREAM.call(Given.request(",\"stream\":true"), "claude-sonnet-4-5").stream(
        Given.terms(9));
  }
}
