package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where usage hides in a report, and what a report says. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ReportsTest {
  private final Site site;

  ReportsTest(Site site) {
    this.site = site;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'prompt_tokens_details':{'cache_write_tokens':8000}",
        "'prompt_tokens_details':{'cache_creation_tokens':8000}"
      })
  void b04_what_is_written_to_the_cache_has_its_own_price(String details) {
    String report = json("{'prompt_tokens':8100,'completion_tokens':13," + details + "}");
    charged(Chat.ofTokens("gpt-5.6", 8_000), report, "0.04066", 8_100, 13);
    charged(Chat.ofTokens("claude-sonnet-4-5", 8_000), report, "0.030495", 8_100, 13);
  }

  @Test
  void b07_reasoning_beside_the_completion_is_output() {
    charged(
        Chat.ofTokens("grok-4.20", 10_000),
        json(
            "{'prompt_tokens':10120,'completion_tokens':1499,'total_tokens':14428,"
                + "'prompt_tokens_details':{'cached_tokens':128},"
                + "'completion_tokens_details':{'reasoning_tokens':2809}}"),
        "0.0232856",
        10_120,
        4_308);
  }

  @Test
  void b07_reasoning_within_the_completion_is_not_counted_twice() {
    charged(
        Chat.mini(),
        json(
            "{'prompt_tokens':20,'completion_tokens':150,'total_tokens':170,"
                + "'completion_tokens_details':{'reasoning_tokens':100}}"),
        "0.000093",
        20,
        150);
  }

  @Test
  void b08_output_is_never_less_than_the_total_without_the_input() {
    charged(
        Chat.of("gemini-2.5-flash", "What is a toll?"),
        json("{'prompt_tokens':20,'completion_tokens':198,'total_tokens':623}"),
        "0.0015135",
        20,
        603);
  }

  @Test
  void b08_a_total_that_is_too_small_takes_nothing_away() {
    charged(
        Chat.mini(),
        json("{'prompt_tokens':20,'completion_tokens':30,'total_tokens':1}"),
        "0.000021",
        20,
        30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'cached_tokens':2900",
        "'prompt_cache_hit_tokens':2900,'prompt_cache_miss_tokens':89",
        "'prompt_tokens_details':{'cached_tokens':2900}"
      })
  void b09_cache_reads_are_found_where_makers_put_them(String cached) {
    // 89 × 0.95 + 2,900 × 0.16 + 13 × 4 USD per million
    charged(
        Chat.ofTokens("kimi-k2.6", 2_900),
        json("{'prompt_tokens':2989,'completion_tokens':13," + cached + "}"),
        "0.00060055",
        2_989,
        13);
  }

  @Test
  void b09_the_same_cache_reads_in_two_places_count_once() {
    charged(
        Chat.ofTokens("kimi-k2.6", 2_900),
        json(
            "{'prompt_tokens':2989,'completion_tokens':13,'cached_tokens':2900,"
                + "'prompt_tokens_details':{'cached_tokens':2900}}"),
        "0.00060055",
        2_989,
        13);
  }

  @Test
  void b10_a_report_inside_the_last_choice_is_read() {
    Payer payer = site.payer("10");
    String last =
        json(
            "{'id':'c','object':'chat.completion.chunk','created':1,'model':'m',"
                + "'choices':[{'index':0,'delta':{},'finish_reason':'stop','usage':"
                + usage(5_000, 700)
                + "}]}");
    site.answers(Script.events(Answers.chunk("Toll."), last, "[DONE]"));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 5_000).stream());
    assertThat(answered.status()).isEqualTo(200);
    payer.charged(answered).is("0.00117", 5_000, 700);
  }

  @Test
  void b10_a_report_inside_the_choice_of_a_whole_answer_is_read() {
    Payer payer = site.payer("10");
    site.answers(
        Script.json(
            200,
            json(
                "{'id':'c','object':'chat.completion','created':1,'model':'m',"
                    + "'choices':[{'index':0,'message':{'role':'assistant','content':'Toll.'},"
                    + "'finish_reason':'stop','usage':"
                    + usage(5_000, 700)
                    + "}]}")));
    Answered answered = payer.ask(Chat.ofTokens("gpt-4o-mini", 5_000));
    payer.charged(answered).is("0.00117", 5_000, 700);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void s10_a_report_beyond_what_was_asked_and_delivered_is_not_believed(boolean stream) {
    Payer payer = site.payer("10");
    Chat chat = Chat.mini().maxTokens(10);
    long[] own = counted(payer, stream ? Chat.mini().maxTokens(10).stream() : chat, stream);
    String report = usage(1_000_000_000, 1_000_000_000);
    double told = site.metric("tollgate_relay_usage_disbelieved_total");
    site.answers(stream ? streamed(report) : whole(report));
    Answered answered = payer.ask(stream ? chat.stream() : chat);
    assertThat(answered.status()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    assertThat(new long[] {charged.input(), charged.output()}).isEqualTo(own);
    assertThat(charged.owed()).isZero();
    assertThat(site.metric("tollgate_relay_usage_disbelieved_total")).isEqualTo(told + 1);
  }

  @Test
  void s10_what_a_request_only_names_may_fill_the_models_context() {
    Chat named =
        Chat.mini()
            .maxTokens(100)
            .with(
                "messages",
                List.of(
                    Map.of(
                        "role",
                        "user",
                        "content",
                        List.of(
                            Map.of("type", "text", "text", "What is this?"),
                            Map.of(
                                "type",
                                "image_url",
                                "image_url",
                                Map.of("url", "https://images.example/gate.png"))))));
    // 100,000 x 0.15 + 10 x 0.6 USD per million
    charged(named, usage(100_000, 10), "0.015006", 100_000, 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt_tokens':-5,'completion_tokens':10}",
        "{'prompt_tokens':5,'completion_tokens':-10}",
        "{'prompt_tokens':1e30,'completion_tokens':10}",
        "{'prompt_tokens':9223372036854775807,'completion_tokens':9223372036854775807}",
        "{'prompt_tokens':99999999999999999999,'completion_tokens':1}",
        "{'prompt_tokens':'7','completion_tokens':'x'}",
        "{'prompt_tokens':10,'completion_tokens':5,'prompt_tokens_details':{'cached_tokens':4000}}",
        "[]",
        "null",
        "'none'"
      })
  void s10_reports_that_cannot_be_true_are_replaced_by_our_own_count(String report) {
    Payer payer = site.payer("10");
    long[] own = counted(payer, Chat.mini(), false);
    site.answers(whole(json(report)));
    Answered answered = payer.ask(Chat.mini());
    assertThat(answered.status()).isEqualTo(200);
    Payer.Charged charged = payer.charged(answered);
    assertThat(charged.output()).isEqualTo(own[1]);
    assertThat(charged.input()).isBetween(own[0], Math.max(own[0], 10));
    assertThat(charged.owed()).isZero();
  }

  /** Asks twice, streamed and not. */
  private void charged(Chat chat, String report, String dollars, long input, long output) {
    Payer payer = site.payer("10");
    site.answers(whole(report));
    Answered whole = payer.ask(chat);
    assertThat(whole.status()).as(whole.body()).isEqualTo(200);
    payer.charged(whole).is(dollars, input, output);
    site.answers(streamed(report));
    Answered streamed = payer.ask(chat.stream());
    assertThat(streamed.status()).as(streamed.body()).isEqualTo(200);
    payer.charged(streamed).is(dollars, input, output);
  }

  /** Our own count of the same answer. */
  private long[] counted(Payer payer, Chat chat, boolean stream) {
    site.answers(
        stream
            ? Script.events(Answers.chunk("Paid for passing."), Answers.finish("stop"), "[DONE]")
            : whole(""));
    Payer.Charged charged = payer.charged(payer.ask(chat));
    assertThat(charged.output()).isPositive();
    return new long[] {charged.input(), charged.output()};
  }

  private static Script whole(String report) {
    return Script.json(200, Answers.chat("Paid for passing.", report));
  }

  private static Script streamed(String report) {
    return Script.events(Answers.stream("Paid for passing.", report));
  }
}
