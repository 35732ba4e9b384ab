package io.tollgate.relay.protocols.openai.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.usage.ChargedUsage;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.relay.protocols.usage.UsageRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reports as makers send them and bug threads tell of them; names begin with the fault's number.
 */
class BelievedReportsTest {
  /** 300 bytes sent, 40 tokens counted, a model of 128,000 and 16,384 tokens. */
  private static final UsageBounds BOUNDS =
      UsageBounds.of(40, 300, false, 128_000, 16_384, 16_384, 4);

  private static final String WORDS = "word ".repeat(200).strip();
  private static final String DONE = "data: [DONE]\n\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":8100,"completion_tokens":13,"prompt_tokens_details":{"cache_write_tokens":8000}}
          {"prompt_tokens":8100,"completion_tokens":13,"prompt_tokens_details":{"cache_creation_tokens":8000}}
          {"prompt_tokens":8100,"completion_tokens":13,"cache_creation_tokens":8000}
          {"prompt_tokens":8100,"completion_tokens":13,"cache_creation_input_tokens":8000}
          {"prompt_tokens":8100,"completion_tokens":13,"cache_write_tokens":8000,"prompt_tokens_details":{"cache_write_tokens":8000}}
          {"prompt_tokens":8100,"completion_tokens":13,"cache_creation":{"ephemeral_5m_input_tokens":8000}}
          {"prompt_tokens":100,"completion_tokens":13,"total_tokens":8113,"cache_creation_input_tokens":8000}
          """)
  void b04_tokens_written_to_a_cache_are_read_wherever_they_stand(String usage) {
    ChargedUsage charged = json("Hello there", usage);
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage()).isEqualTo(new TokenUsage(8_100, 0, 8_000, 13, 0));
  }

  @Test
  void b04_tokens_written_for_an_hour_are_a_kind_of_their_own() {
    ChargedUsage charged =
        json(
            "Hello",
            "{\"prompt_tokens\":8100,\"completion_tokens\":13,\"cache_creation_input_tokens\":8000,"
                + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":3000,\"ephemeral_1h_input_tokens\":5000}}");
    assertThat(charged.usage().count(UsageKind.CACHE_WRITE)).isEqualTo(3_000);
    assertThat(charged.usage().count(UsageKind.CACHE_WRITE_1H)).isEqualTo(5_000);
    assertThat(charged.usage().count(UsageKind.TEXT_INPUT)).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":0,"completion_tokens":0,"total_tokens":0} | 40
          {"prompt_tokens":0,"completion_tokens":0}                  | 40
          {"prompt_tokens":33,"completion_tokens":0}                 | 33
          """)
  void b05_a_report_of_nothing_beside_delivered_text_is_not_believed(String usage, long input) {
    ChargedUsage charged = json("Hello there, how are you?", usage);
    assertThat(charged.reported()).isFalse();
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(input, 7));
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(UsageRule.NOT_NOTHING);
  }

  @Test
  void b05_the_report_before_counts_where_the_last_one_cannot_be_true() {
    ChargedUsage charged =
        stream(
            Answers.content("Hello there, how are you?")
                + Answers.usage("{\"prompt_tokens\":35,\"completion_tokens\":8}")
                + Answers.usage("{\"prompt_tokens\":0,\"completion_tokens\":0}")
                + DONE);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(35, 8));
    assertThat(charged.reported()).isTrue();
    assertThat(charged.disbelief()).isPresent();
  }

  @Test
  void b06_a_report_from_before_the_text_is_no_report_of_it() {
    String report = "{\"prompt_tokens\":25,\"completion_tokens\":1}";
    ChargedUsage charged =
        stream(
            Answers.event(
                    Answers.chunk(
                        "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}",
                        ",\"usage\":" + report))
                + Answers.content(WORDS)
                + Answers.finish(0, "stop")
                + DONE);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(25, 200));
    assertThat(charged.reported()).isFalse();
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(UsageRule.NOT_BEFORE_THE_TEXT);
  }

  @Test
  void b06_a_report_with_every_chunk_is_a_state_of_one_count() {
    ChargedUsage charged =
        stream(
            counted("Hello", 25, 2)
                + counted(" there,", 25, 4)
                + counted(" how are you?", 25, 9)
                + Answers.finish(0, "stop")
                + DONE);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(25, 9));
    assertThat(charged.reported()).isTrue();
  }

  @Test
  void b06_the_greater_of_an_early_report_and_our_own_count_is_charged() {
    ChargedUsage charged = stream(counted("Hello", 25, 500) + Answers.content(" you") + DONE);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(25, 500));
  }

  @Test
  void b06_a_report_of_fewer_tokens_than_the_text_can_have_is_not_believed() {
    ChargedUsage charged =
        json(WORDS, "{\"prompt_tokens\":25,\"completion_tokens\":1,\"total_tokens\":26}");
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(25, 200));
    assertThat(charged.disbelief().orElseThrow().rule())
        .isEqualTo(UsageRule.NO_LESS_THAN_DELIVERED);
  }

  @Test
  void b07_reasoning_beside_the_completion_is_output_where_the_total_says_so() {
    ChargedUsage charged =
        json(
            "Four.",
            "{\"prompt_tokens\":10120,\"completion_tokens\":1499,\"total_tokens\":14428,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":128},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":2809}}");
    assertThat(charged.reported()).isTrue();
    assertThat(charged.usage()).isEqualTo(new TokenUsage(10_120, 128, 0, 4_308, 2_809));
  }

  @Test
  void b07_more_reasoning_than_completion_without_a_total_stands_beside_it() {
    ChargedUsage charged =
        json(
            "Four.",
            "{\"prompt_tokens\":20,\"completion_tokens\":10,"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":90}}");
    assertThat(charged.usage()).isEqualTo(new TokenUsage(20, 0, 0, 100, 90));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":20,"completion_tokens":198,"total_tokens":623} | 603
          {"prompt_tokens":20,"completion_tokens":198,"total_tokens":218} | 198
          {"prompt_tokens":20,"completion_tokens":198,"total_tokens":0}   | 198
          {"prompt_tokens":20,"completion_tokens":198,"total_tokens":100} | 198
          {"prompt_tokens":20,"total_tokens":218}                         | 198
          {"completion_tokens":198,"total_tokens":218}                    | 198
          """)
  void b08_output_is_never_less_than_the_total_leaves_for_it(String usage, long output) {
    ChargedUsage charged = json("Hello there", usage);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(20, output));
    assertThat(charged.reported()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":2989,"completion_tokens":13,"cached_tokens":2900}
          {"prompt_tokens":2989,"completion_tokens":13,"prompt_cache_hit_tokens":2900,"prompt_cache_miss_tokens":89}
          {"prompt_tokens":2989,"completion_tokens":13,"prompt_tokens_details":{"cached_tokens":2900}}
          {"prompt_tokens":2989,"completion_tokens":13,"cached_tokens":2900,"prompt_tokens_details":{"cached_tokens":0}}
          {"prompt_tokens":2989,"completion_tokens":13,"cache_read_input_tokens":2900}
          {"input_tokens":2989,"output_tokens":13,"input_tokens_details":{"cached_tokens":2900}}
          """)
  void b09_cached_tokens_are_read_wherever_their_maker_puts_them(String usage) {
    assertThat(json("Hello there", usage).usage())
        .isEqualTo(new TokenUsage(2_989, 2_900, 0, 13, 0));
  }

  @Test
  void b10_usage_inside_the_last_choice_is_read() {
    String last =
        Answers.event(
            Answers.chunk(
                "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"usage\":"
                    + "{\"prompt_tokens\":5000,\"completion_tokens\":700,\"total_tokens\":5700}}",
                ""));
    assertThat(stream(Answers.content("Hello") + last + DONE).usage())
        .isEqualTo(TokenUsage.of(5_000, 700));
    ChatWholeAnswer whole =
        new ChatWholeAnswer(
            Given.within(BOUNDS),
            utf8(
                "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"usage\":{\"prompt_tokens\":50,\"completion_tokens\":7}}]}"),
            false,
            false);
    assertThat(whole.charged().usage()).isEqualTo(TokenUsage.of(50, 7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":1000000000,"completion_tokens":1000000000} | INPUT_AS_SENT
          {"prompt_tokens":17585,"completion_tokens":5}               | INPUT_AS_SENT
          {"prompt_tokens":40,"completion_tokens":41}                 | OUTPUT_AS_ALLOWED
          {"prompt_tokens":40,"completion_tokens":5,"total_tokens":900} | OUTPUT_AS_ALLOWED
          """)
  void s10_a_report_beyond_what_was_asked_and_delivered_is_not_believed(
      String usage, UsageRule rule) {
    UsageBounds tenTokens = UsageBounds.of(40, 300, false, 128_000, 10, 16_384, 4);
    ChargedUsage charged = json("Hi", usage, tenTokens);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(40, 1));
    assertThat(charged.disbelief().orElseThrow().rule()).isEqualTo(rule);
  }

  @Test
  void s10_input_that_a_request_only_names_may_fill_the_models_context() {
    UsageBounds file = UsageBounds.of(40, 300, true, 128_000, 10, 16_384, 4);
    assertThat(json("Hi", "{\"prompt_tokens\":120000,\"completion_tokens\":5}", file).reported())
        .isTrue();
    assertThat(json("Hi", "{\"prompt_tokens\":600000,\"completion_tokens\":5}", file).reported())
        .isFalse();
  }

  @Test
  void s10_output_that_was_delivered_beyond_the_limit_may_be_reported() {
    UsageBounds one = UsageBounds.of(40, 300, false, 128_000, 1, 16_384, 4);
    ChargedUsage charged = json(WORDS, "{\"prompt_tokens\":40,\"completion_tokens\":201}", one);
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(40, 201));
    assertThat(charged.reported()).isTrue();
  }

  @Test
  void b23_without_a_report_what_was_delivered_is_charged_whatever_the_limit_was() {
    UsageBounds one = UsageBounds.of(40, 300, false, 128_000, 1, 16_384, 4);
    assertThat(json(WORDS, "null", one).usage()).isEqualTo(TokenUsage.of(40, 200));
  }

  @Test
  void b15_an_answer_that_produced_nothing_is_free_whatever_its_report_says_of_input() {
    assertThat(json("", "{\"prompt_tokens\":40,\"completion_tokens\":0}").usage())
        .isEqualTo(TokenUsage.NONE);
    assertThat(json("", "null").usage()).isEqualTo(TokenUsage.NONE);
    // but thought without a word is output
    assertThat(
            json(
                    "",
                    "{\"prompt_tokens\":40,\"completion_tokens\":64,\"completion_tokens_details\":{\"reasoning_tokens\":64}}")
                .usage())
        .isEqualTo(new TokenUsage(40, 0, 0, 64, 64));
  }

  @Test
  void sound_and_pictures_are_taken_out_of_the_text_and_so_are_those_that_were_cached() {
    TokenUsage usage =
        json(
                "Hello",
                "{\"prompt_tokens\":1000,\"completion_tokens\":300,\"prompt_tokens_details\":"
                    + "{\"audio_tokens\":400,\"image_tokens\":200,\"cached_tokens\":350,"
                    + "\"cached_tokens_details\":{\"audio_tokens\":150,\"image_tokens\":50}},"
                    + "\"completion_tokens_details\":{\"audio_tokens\":250}}")
            .usage();
    assertThat(usage.input()).isEqualTo(1_000);
    assertThat(usage.count(UsageKind.AUDIO_INPUT)).isEqualTo(250);
    assertThat(usage.count(UsageKind.AUDIO_CACHE_READ)).isEqualTo(150);
    assertThat(usage.count(UsageKind.IMAGE_INPUT)).isEqualTo(150);
    assertThat(usage.count(UsageKind.IMAGE_CACHE_READ)).isEqualTo(50);
    assertThat(usage.count(UsageKind.CACHE_READ)).isEqualTo(150);
    assertThat(usage.count(UsageKind.TEXT_INPUT)).isEqualTo(250);
    assertThat(usage.count(UsageKind.AUDIO_OUTPUT)).isEqualTo(250);
    assertThat(usage.count(UsageKind.TEXT_OUTPUT)).isEqualTo(50);
  }

  @Test
  void cached_sound_that_is_not_told_apart_is_found_by_what_does_not_fit_into_the_text() {
    TokenUsage usage =
        json(
                "Hello",
                "{\"prompt_tokens\":100,\"completion_tokens\":3,\"prompt_tokens_details\":"
                    + "{\"audio_tokens\":80,\"cached_tokens\":90}}")
            .usage();
    assertThat(usage.input()).isEqualTo(100);
    assertThat(usage.cached()).isEqualTo(90);
    assertThat(usage.count(UsageKind.AUDIO_INPUT)).isEqualTo(10);
    assertThat(usage.count(UsageKind.AUDIO_CACHE_READ)).isEqualTo(70);
    assertThat(usage.count(UsageKind.CACHE_READ)).isEqualTo(20);
    assertThat(usage.count(UsageKind.TEXT_INPUT)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"audio_tokens":11}}
          {"prompt_tokens":10,"completion_tokens":5,"completion_tokens_details":{"audio_tokens":6}}
          {"prompt_tokens":10,"completion_tokens":5,"cached_tokens":6,"cache_write_tokens":5}
          {"prompt_tokens":10,"completion_tokens":5,"cache_creation":{"ephemeral_5m_input_tokens":6,"ephemeral_1h_input_tokens":6}}
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"reasoning_tokens":6}
          {"prompt_tokens":10,"completion_tokens":5,"total_tokens":-15}
          {"prompt_tokens":10,"completion_tokens":5,"prompt_tokens_details":{"cached_tokens":"many"}}
          {"prompt_tokens":10,"completion_tokens":9223372036854775808}
          {"prompt_tokens":10,"completion_tokens":[5]}
          """)
  void a_report_that_contradicts_itself_is_not_believed(String usage) {
    ChargedUsage charged = json("Hello there", usage);
    assertThat(charged.reported()).isFalse();
    assertThat(charged.disbelief()).isPresent();
    assertThat(charged.usage()).isEqualTo(TokenUsage.of(40, 2));
  }

  @ParameterizedTest
  @EnumSource(UsageRule.class)
  void each_rule_has_its_line_and_reason_in_the_docs(UsageRule rule) throws IOException {
    String page = Files.readString(Path.of("../../docs/usage.md"));
    assertThat(page.lines().filter(line -> line.startsWith("| `" + rule + "` |"))).hasSize(1);
  }

  private static String counted(String text, long input, long output) {
    return Answers.event(
        Answers.chunk(
            "{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}",
            ",\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + "}"));
  }

  private static ChargedUsage json(String content, String usage) {
    return json(content, usage, BOUNDS);
  }

  private static ChargedUsage json(String content, String usage, UsageBounds bounds) {
    return new ChatWholeAnswer(
            Given.within(bounds), utf8(Answers.answer(content, usage)), false, false)
        .charged();
  }

  private static ChargedUsage stream(String events) {
    ChatStreamTap tap = new ChatStreamTap(Given.within(BOUNDS), "gpt-4o-mini", false, Given.ERRORS);
    tap.accept(utf8(events));
    tap.finish();
    return tap.charged();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
