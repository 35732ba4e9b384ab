package io.tollgate.relay.protocols.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.Counters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTapTest {
  @Test
  void reported_usage_is_read_in_every_shape() {
    assertThat(tapped(Answers.REASONING).reported()).contains(new TokenUsage(81, 64, 0, 1035, 832));
    assertThat(tapped(Answers.TOOL_CALL).reported()).contains(TokenUsage.of(82, 17));
    assertThat(tapped(Answers.REFUSAL).reported()).contains(TokenUsage.of(12, 9));
    assertThat(tapped(Answers.DEEPSEEK).reported()).contains(new TokenUsage(16, 12, 0, 10, 4));
  }

  @Test
  void text_refusals_and_tool_calls_are_content() {
    for (String answer :
        new String[] {Answers.REASONING, Answers.TOOL_CALL, Answers.REFUSAL, Answers.DEEPSEEK}) {
      assertThat(tapped(answer).contentSeen()).isTrue();
    }
    assertThat(tapped(Answers.answer("", "null")).contentSeen()).isFalse();
  }

  @Test
  void without_a_report_all_choices_are_counted() {
    JsonTap tap = tapped(Answers.TWO_CHOICES);
    assertThat(tap.reported()).isEmpty();
    assertThat(tap.disbelieved()).isEmpty();
    assertThat(tap.countedOutput()).isEqualTo(4);
    assertThat(tap.usage(30, 100)).isEqualTo(TokenUsage.of(30, 4));
    // also where the request allowed less: what was delivered is charged
    assertThat(tap.usage(30, 3)).isEqualTo(TokenUsage.of(30, 4));
  }

  @Test
  void an_answer_without_content_and_report_costs_nothing() {
    assertThat(tapped(Answers.answer("", "null")).usage(30, 100)).isEqualTo(TokenUsage.NONE);
    assertThat(tapped("{\"error\":{\"message\":\"no\"}}").usage(30, 100))
        .isEqualTo(TokenUsage.NONE);
    assertThat(tapped("").usage(30, 100)).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void text_that_looks_like_usage_is_not_usage() {
    JsonTap tap =
        tapped(
            Answers.answer(
                "\\\"usage\\\":{\\\"prompt_tokens\\\":1,\\\"completion_tokens\\\":1}",
                "{\"prompt_tokens\":5,\"completion_tokens\":20}"));
    assertThat(tap.reported()).contains(TokenUsage.of(5, 20));
    JsonTap nested =
        tapped(
            "{\"choices\":[{\"message\":{\"content\":\"Hi\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}}]}");
    assertThat(nested.reported()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":-1,"completion_tokens":5}              | input tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":5,"completion_tokens":1000000001}      | output tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":5,"completion_tokens":1e3}             | output tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":5.5,"completion_tokens":5}             | input tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":"5","completion_tokens":5}             | input tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":5}                                     | output tokens: missing
          {"completion_tokens":5}                                 | input tokens: missing
          {"prompt_tokens":5,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":6}} | cached and cache write tokens: 6 (expected: at most all input, 5)
          {"prompt_tokens":5,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":-6}} | cached tokens: not a whole number, 0 to 1000000000
          {"prompt_tokens":5,"completion_tokens":5,"total_tokens":10,"completion_tokens_details":{"reasoning_tokens":6}} | reasoning tokens: 6 (expected: at most all output, 5)
          """)
  void a_report_that_cannot_be_true_is_not_believed(String usage, String why) {
    JsonTap tap = tapped(Answers.answer("Hello", usage));
    assertThat(tap.reported()).isEmpty();
    assertThat(tap.disbelieved()).contains(why);
    assertThat(tap.usage(9, 100)).isEqualTo(TokenUsage.of(9, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":5.0,"completion_tokens":6.00}
          {"prompt_tokens":5,"completion_tokens":6,"prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":null}}
          {"total_tokens":11,"completion_tokens":6,"x":[{"prompt_tokens":9}],"prompt_tokens":5}
          """)
  void a_report_in_an_unusual_form_is_believed(String usage) {
    assertThat(tapped(Answers.answer("Hello", usage)).reported()).contains(TokenUsage.of(5, 6));
  }

  @Test
  void an_empty_usage_object_is_no_report() {
    JsonTap tap = tapped(Answers.answer("Hello", "{}"));
    assertThat(tap.reported()).isEmpty();
    assertThat(tap.disbelieved()).isEmpty();
  }

  @Test
  void every_cut_passes_all_bytes_and_holds_the_last_piece_back() {
    byte[] answer = Answers.DEEPSEEK.getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut < answer.length; cut++) {
      JsonTap tap = new JsonTap(Counters.EXACT, "gpt-4o");
      byte[] first = Arrays.copyOf(answer, cut);
      byte[] second = Arrays.copyOfRange(answer, cut, answer.length);
      assertThat(tap.accept(first)).isEmpty();
      assertThat(tap.accept(second)).isSameAs(first);
      assertThat(tap.finish()).isSameAs(second);
      assertThat(tap.reported()).contains(new TokenUsage(16, 12, 0, 10, 4));
    }
  }

  @Test
  void an_answer_that_is_not_json_passes_and_counts_by_its_bytes() {
    JsonTap tap = tapped("<html>oops</html>");
    assertThat(tap.reported()).isEmpty();
    assertThat(tap.contentSeen()).isTrue();
    assertThat(tap.countedOutput()).isEqualTo(6);
  }

  @Test
  void an_answer_too_large_to_be_read_passes_whole() {
    JsonTap tap = new JsonTap(Counters.EXACT, "gpt-4o");
    byte[] piece = new byte[1024 * 1024];
    Arrays.fill(piece, (byte) ' ');
    long passed = 0;
    for (int i = 0; i < 34; i++) {
      passed += tap.accept(piece).length;
    }
    passed += tap.finish().length;
    assertThat(passed).isEqualTo(34L * piece.length);
    assertThat(tap.usage(1, 50)).isEqualTo(TokenUsage.of(1, (passed + 2) / 3));
  }

  @Test
  void an_error_in_place_of_an_answer_is_seen() {
    assertThat(tapped("{\"error\":{\"message\":\"no\"}}").errorSeen()).isTrue();
    assertThat(tapped("{\"error\":null}").errorSeen()).isFalse();
  }

  private static JsonTap tapped(String answer) {
    JsonTap tap = new JsonTap(Counters.EXACT, "gpt-4o");
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < bytes.length; at += 7) {
      out.writeBytes(tap.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7))));
    }
    out.writeBytes(tap.finish());
    assertThat(out.toByteArray()).isEqualTo(bytes);
    return tap;
  }
}
