package io.tollgate.relay.protocols.openai.answer;

import static io.tollgate.relay.protocols.openai.Given.reported;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.usage.ReportDisbelief;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatWholeAnswerTest {
  @Test
  void reported_usage_is_read_in_every_shape() {
    assertThat(reported(tapped(Answers.REASONING))).contains(new TokenUsage(81, 64, 0, 1035, 832));
    assertThat(reported(tapped(Answers.TOOL_CALL))).contains(TokenUsage.of(82, 17));
    assertThat(reported(tapped(Answers.REFUSAL))).contains(TokenUsage.of(12, 9));
    assertThat(reported(tapped(Answers.DEEPSEEK))).contains(new TokenUsage(16, 12, 0, 10, 4));
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
    ChatWholeAnswer tap = tapped(Answers.TWO_CHOICES);
    assertThat(tap.charged().reported()).isFalse();
    assertThat(tap.charged().disbelief()).isEmpty();
    assertThat(tap.countedOutput()).isEqualTo(4);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(30, 4));
  }

  @Test
  void an_answer_without_content_and_report_costs_nothing() {
    assertThat(tapped(Answers.answer("", "null")).charged().usage()).isEqualTo(TokenUsage.NONE);
    assertThat(tapped("{\"error\":{\"message\":\"no\"}}").charged().usage())
        .isEqualTo(TokenUsage.NONE);
    assertThat(tapped("").charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void text_that_looks_like_usage_is_not_usage() {
    ChatWholeAnswer tap =
        tapped(
            Answers.answer(
                "\\\"usage\\\":{\\\"prompt_tokens\\\":1,\\\"completion_tokens\\\":1}",
                "{\"prompt_tokens\":5,\"completion_tokens\":20}"));
    assertThat(reported(tap)).contains(TokenUsage.of(5, 20));
    ChatWholeAnswer nested =
        tapped(
            "{\"choices\":[{\"message\":{\"content\":\"Hi\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}}]}");
    assertThat(nested.charged().reported()).isFalse();
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
    ChatWholeAnswer tap = tapped(Answers.answer("Hello", usage));
    assertThat(tap.charged().reported()).isFalse();
    assertThat(tap.charged().disbelief().map(ReportDisbelief::sentence)).contains(why);
    assertThat(tap.charged().usage()).isEqualTo(TokenUsage.of(30, 1));
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
    assertThat(reported(tapped(Answers.answer("Hello", usage)))).contains(TokenUsage.of(5, 6));
  }

  @Test
  void an_empty_usage_object_is_no_report() {
    ChatWholeAnswer tap = tapped(Answers.answer("Hello", "{}"));
    assertThat(tap.charged().reported()).isFalse();
    assertThat(tap.charged().disbelief()).isEmpty();
  }

  private static ChatWholeAnswer tapped(String answer) {
    byte[] bytes = Given.utf8(answer);
    ChatWholeAnswer read = new ChatWholeAnswer(Given.input(30), bytes, false, false);
    assertThat(read.body()).isSameAs(bytes);
    assertThat(read.contentType()).isEqualTo("application/json");
    return read;
  }
}
