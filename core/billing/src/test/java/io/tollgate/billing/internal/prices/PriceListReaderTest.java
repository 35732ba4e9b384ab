package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import io.tollgate.ground.config.SettingsException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListReaderTest {
  private static final String GOOD =
      """
      as_of: 2026-11-21
      currency: USD
      models:
        - id: one
          aliases: [uno]
          platform: openai
          owned_by: me
          created: 1700000000
          context_tokens: 1000
          max_output_tokens: 100
          usd_per_million: {input: 1, output: 2}
      """;

  @Test
  void a_price_keeps_every_decimal_it_has() {
    PriceList list = read(GOOD.replace("input: 1,", "input: 0.123456789,"));
    assertThat(inputPrice(list)).isEqualTo(123_456_789L);
  }

  @Test
  void the_highest_price_is_read() {
    PriceList list = read(GOOD.replace("input: 1,", "input: 1000000,"));
    assertThat(inputPrice(list)).isEqualTo(KindPrices.MAX_PER_MILLION_TOKENS);
  }

  @Test
  void two_lists_of_one_day_have_versions_of_their_own() {
    assertThat(read(GOOD).version()).startsWith("2026-11-21-");
    assertThat(read(GOOD).version()).isNotEqualTo(read(GOOD.replace("me", "you")).version());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          input: 1,            | input: 1000000.1,     | input: 1000000.1 (expected: USD per million, 0 to 1000000
          input: 1,            | input: -1,            | input: -1 (expected: USD per million
          input: 1,            | input: 1e3,           | input: 1e3 (expected: USD per million
          input: 1,            | input: 0.1234567891,  | at most 9 decimals
          input: 1,            |                       | input is missing
          output: 2            | output: 2, ouput: 3   | unknown field ouput (expected: only audio_cache_read
          platform: openai     | platform: opneai      | platform: opneai (expected: one of openai
          owned_by: me         | owned: me             | owned_by is missing
          context_tokens: 1000 | context_tokens: 0     | context_tokens: 0 (expected: a whole number from 1
          created: 1700000000  | created: soon         | created: soon (expected: a whole number
          aliases: [uno]       | aliases: [one]        | model one is there twice
          aliases: [uno]       | aliases: uno          | aliases: uno (expected: a list)
          currency: USD        | currency: EUR         | currency: EUR (expected: USD)
          as_of: 2026-11-21    | as_of: today          | as_of: today (expected: a date
          """)
  void what_cannot_be_used_is_named_with_what_was_expected(
      String good, String bad, String message) {
    String list = GOOD.replace(good, bad == null ? "" : bad);
    assertThatThrownBy(() -> read(list))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("prices.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void the_model_at_fault_is_named() {
    assertThatThrownBy(() -> read(GOOD.replace("openai", "x")))
        .hasMessageContaining("prices.yaml, model one: platform: x");
  }

  @Test
  void a_long_input_never_costs_less() {
    String tier = "    long_context: {above_input_tokens: 500, input: 0.5, output: 2}\n";
    assertThatThrownBy(() -> read(GOOD + tier)).hasMessageContaining("a price below the usual one");
  }

  @Test
  void every_kind_has_a_price_by_its_code_where_it_is_given_one() {
    StringBuilder perMillion = new StringBuilder();
    StringBuilder each = new StringBuilder();
    for (UsageKind kind : UsageKind.all()) {
      boolean piece = kind.unit() != UsageUnit.TOKEN && kind.unit() != UsageUnit.CHARACTER;
      StringBuilder into = piece ? each : perMillion;
      into.append(into.isEmpty() ? "" : ", ")
          .append(kind.code())
          .append(": 0.")
          .append(kind.number());
    }
    PriceList list =
        read(
            GOOD.replace("input: 1, output: 2", perMillion)
                + "    usd_each: {%s}\n".formatted(each));
    KindPrices prices = list.models().getFirst().standard().usual();
    for (UsageKind kind : UsageKind.all()) {
      boolean piece = kind.unit() != UsageUnit.TOKEN && kind.unit() != UsageUnit.CHARACTER;
      BigDecimal usd = new BigDecimal("0." + kind.number());
      assertThat(prices.perMillion(kind))
          .as(kind.code())
          .isEqualTo(usd.movePointRight(piece ? 15 : 9).longValueExact());
    }
  }

  @Test
  void a_tier_has_prices_of_its_own() {
    PriceList list =
        read(
            GOOD
                + """
                    long_context: {above_input_tokens: 500, input: 3, output: 4}
                    tiers:
                      flex: {usd_per_million: {input: 0.5, output: 1, cache_read: 0.05}}
                      priority:
                        usd_per_million: {input: 2, output: 4}
                        long_context: {above_input_tokens: 500, input: 6, output: 8}
                """);
    Map<ServiceTier, TierPrice> tiers = list.models().getFirst().tiers();
    assertThat(tiers.keySet())
        .containsExactlyInAnyOrder(ServiceTier.STANDARD, ServiceTier.FLEX, ServiceTier.PRIORITY);
    assertThat(requireNonNull(tiers.get(ServiceTier.FLEX)).usual().toString())
        .isEqualTo("input=0.5,output=1,cache_read=0.05");
    assertThat(requireNonNull(tiers.get(ServiceTier.FLEX)).longContext()).isEmpty();
    assertThat(requireNonNull(tiers.get(ServiceTier.PRIORITY)).pricesFor(501).toString())
        .isEqualTo("input=6,output=8");
    assertThat(requireNonNull(tiers.get(ServiceTier.STANDARD)).pricesFor(501).toString())
        .isEqualTo("input=3,output=4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          tiers: {default: {usd_per_million: {input: 1, output: 2}}}   | tier default (expected: its name
          tiers: {standard: {usd_per_million: {input: 1, output: 2}}}  | tier standard (expected: its name
          tiers: {Flex: {usd_per_million: {input: 1, output: 2}}}      | tier Flex (expected: its name
          tiers: {flex: {usd_per_million: {input: 1}}}                 | output is missing
          tiers: {flex: {usd_per_million: {input: 1, output: 2}, x: 1}} | unknown field x
          usd_each: {images: 10.1}                                     | images: 10.1 (expected: USD each, 0 to 10,
          usd_each: {input: 1}                                         | unknown field input
          """)
  void a_tier_or_a_piece_that_cannot_be_used_is_named(String more, String message) {
    assertThatThrownBy(() -> read(GOOD + "    " + more + "\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void what_is_not_counted_in_tokens_costs_the_same_in_a_tier_that_does_not_say_otherwise() {
    String list =
        GOOD
            + """
                usd_each: {images: 1, seconds: 2}
                tiers:
                  flex: {usd_per_million: {input: 0.5, output: 1}, usd_each: {images: 0}}
                  priority:
                    usd_per_million: {input: 2, output: 4}
                    long_context: {above_input_tokens: 500, input: 6, output: 8}
            """;
    Map<ServiceTier, TierPrice> tiers = read(list).models().getFirst().tiers();
    TierPrice flex = requireNonNull(tiers.get(ServiceTier.FLEX));
    assertThat(flex.usual().toString()).isEqualTo("input=0.5,output=1,seconds=2000000,images=0");
    TierPrice priority = requireNonNull(tiers.get(ServiceTier.PRIORITY));
    assertThat(priority.usual().toString())
        .isEqualTo("input=2,output=4,seconds=2000000,images=1000000");
    assertThat(priority.pricesFor(501).toString())
        .isEqualTo("input=6,output=8,seconds=2000000,images=1000000");
  }

  @Test
  void an_empty_list_and_no_yaml_at_all_are_refused() {
    assertThatThrownBy(() -> read("as_of: 2026-11-21\ncurrency: USD\nmodels: []\n"))
        .hasMessageContaining("models: none (expected: at least one)");
    assertThatThrownBy(() -> read("{")).hasMessageContaining("is no YAML");
    assertThatThrownBy(() -> read("")).hasMessageContaining("no mapping");
  }

  private static long inputPrice(PriceList list) {
    return list.models().getFirst().standard().usual().perMillion(UsageKind.TEXT_INPUT);
  }

  private static PriceList read(String text) {
    return PriceListReader.read("prices.yaml", text.getBytes(StandardCharsets.UTF_8));
  }
}
