package io.tollgate.tests.upstream;

import static io.tollgate.tests.upstream.Answers.json;
import static io.tollgate.tests.upstream.Answers.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.sandbox.script.Script;
import io.tollgate.tests.installation.Client;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The tier that served decides the price, and the request log says by what a charge is made. */
@Tag("slow")
@ExtendWith(SharedSite.class)
class ServiceTiersTest {
  private static final String UNPRICED = "tollgate_tiers_served_without_price_total";

  private final Site site;

  ServiceTiersTest(Site site) {
    this.site = site;
  }

  /** 1,000 tokens in, 1,000 out, of gpt-5, at the list's 1.25 and 10 USD for a million. */
  @ParameterizedTest(name = "asked {0}, served {1}")
  @CsvSource({
    "-,        -,        0.01125,  standard",
    "-,        default,  0.01125,  standard",
    "-,        priority, 0.0225,   priority",
    "-,        flex,     0.005625, flex",
    "auto,     priority, 0.0225,   priority",
    "flex,     flex,     0.005625, flex",
    "flex,     -,        0.005625, flex",
    "flex,     default,  0.01125,  standard",
    "priority, default,  0.01125,  standard",
    "priority, priority, 0.0225,   priority",
    "priority, FLEX,     0.005625, flex",
  })
  void b19_the_tier_that_served_is_charged_streamed_or_not(
      String asked, String served, String dollars, String tier) {
    for (boolean stream : new boolean[] {false, true}) {
      Payer payer = site.payer("10");
      site.answers(stream ? streamed(served) : document(served));
      Chat chat = Chat.ofTokens("gpt-5", 900);
      if (stream) {
        chat.stream();
      }
      if (!asked.equals("-")) {
        chat.with("service_tier", asked);
      }
      Answered answered = payer.ask(chat);
      assertThat(answered.status()).as(answered.body()).isEqualTo(200);
      Payer.Charged charged = payer.charged(answered);
      charged.is(dollars, 1_000, 1_000);
      assertThat(charged.row().required("price_version").asString())
          .contains(":" + tier + ":input=")
          .endsWith(":gpt-5");
    }
  }

  @ParameterizedTest
  @CsvSource({"gpt-5, turbo", "gpt-4o, flex", "gpt-5, 'as fast as you can'"})
  void a_tier_without_a_price_is_refused_naming_those_that_have_one(String model, String tier) {
    Payer payer = site.payer("1");
    var account = site.account();
    Answered answered = payer.ask(Chat.ofTokens(model, 5).with("service_tier", tier));
    assertThat(answered.status()).isEqualTo(400);
    assertThat(answered.json().at("/error/message").asString())
        .startsWith("service_tier: ")
        .contains("(expected: ")
        .contains("batch")
        .contains("priority")
        .contains("the usual tier")
        .contains(model + " has no price for another");
    assertThat(site.received(account)).isEmpty();
    assertThat(payer.balance()).isEqualByComparingTo("1");
  }

  @Test
  void a_tier_that_served_unasked_and_has_no_price_costs_the_standard_one_and_is_told_of() {
    Payer payer = site.payer("10");
    double before = site.metric(UNPRICED);
    site.answers(document("scale-9"));
    Answered answered = payer.ask(Chat.ofTokens("gpt-5", 900));
    payer.charged(answered).is("0.01125", 1_000, 1_000);
    assertThat(site.metric(UNPRICED)).isEqualTo(before + 1);
    assertThat(site.logsWith("a tier served that has no price")).contains("scale-9");
  }

  @Test
  void a_request_is_listed_with_each_kind_of_usage_it_had() {
    Payer payer = site.payer("10");
    String report =
        json(
            "{'prompt_tokens':1000,'completion_tokens':500,'total_tokens':1500,"
                + "'prompt_tokens_details':{'cached_tokens':300,'audio_tokens':200},"
                + "'completion_tokens_details':{'reasoning_tokens':100,'audio_tokens':50}}");
    site.answers(Script.json(200, Answers.chat("A fee.", report)));
    Answered answered = payer.ask(Chat.ofTokens("gpt-5", 900));
    JsonNode row = payer.charged(answered).row();
    assertThat(row.required("input_tokens").asLong()).isEqualTo(1_000);
    assertThat(row.required("cached_tokens").asLong()).isEqualTo(300);
    assertThat(row.required("output_tokens").asLong()).isEqualTo(500);
    assertThat(row.required("usage"))
        .isEqualTo(
            Client.JSON.valueToTree(
                Map.of(
                    "input", 500,
                    "cache_read", 300,
                    "audio_input", 200,
                    "output", 350,
                    "audio_output", 50,
                    "reasoning", 100)));
  }

  private static Script document(String tier) {
    return Script.json(200, withTier(Answers.chat("A fee.", usage(1_000, 1_000)), tier));
  }

  private static Script streamed(String tier) {
    String[] events = Answers.stream("A fee.", usage(1_000, 1_000));
    for (int i = 0; i < events.length - 1; i++) {
      events[i] = withTier(events[i], tier);
    }
    return Script.events(events);
  }

  private static String withTier(String json, String tier) {
    return Optional.of(tier)
        .filter(name -> !name.equals("-"))
        .map(name -> json.replaceFirst("\\{", "{\"service_tier\":\"" + name + "\","))
        .orElse(json);
  }
}
