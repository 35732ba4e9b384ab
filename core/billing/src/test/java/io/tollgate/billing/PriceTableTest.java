package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.SettingsException;
import io.tollgate.metering.PriceQuote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriceTableTest {
  private static final Asset USD = Asset.money("USD");
  private final PriceTable prices = PriceTable.shipped();

  @Test
  void shipped_list_has_the_current_models_of_many_makers() {
    assertThat(prices.all()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(prices.all())
        .extracting(ModelPrice::ownedBy)
        .contains("openai", "anthropic", "google", "deepseek", "mistral", "xai");
  }

  @Test
  void known_models_cost_what_their_makers_say() {
    assertPrice("gpt-4o-mini", Protocol.OPENAI, usd(150), usd(75), usd(150), usd(600), usd(600));
    assertPrice(
        "claude-sonnet-4-5",
        Protocol.ANTHROPIC,
        usd(3000),
        usd(300),
        usd(3750),
        usd(15000),
        usd(15000));
    assertPrice(
        "gemini-2.5-flash", Protocol.GEMINI, usd(300), usd(30), usd(300), usd(2500), usd(2500));
    assertPrice("gpt-5", Protocol.OPENAI, usd(1250), usd(125), usd(1250), usd(10000), usd(10000));
  }

  @Test
  void limits_and_dates_are_those_of_the_model() {
    ModelPrice model = prices.find("gpt-4o-mini").orElseThrow();
    assertThat(model.contextTokens()).isEqualTo(128_000);
    assertThat(model.maxOutputTokens()).isEqualTo(16_384);
    assertThat(model.created()).isEqualTo(Instant.parse("2024-07-18T00:00:00Z"));
    assertThat(model.ownedBy()).isEqualTo("openai");
  }

  @Test
  void an_alias_finds_its_model_and_an_unknown_name_nothing() {
    assertThat(prices.find("gpt-4o-mini-2024-07-18")).isEqualTo(prices.find("gpt-4o-mini"));
    assertThat(prices.find("gpt-4o-mini-2024-07-18")).isPresent();
    assertThat(prices.find("gpt-0")).isEmpty();
  }

  @Test
  void a_thousand_tokens_each_way_cost_the_list_price() {
    PriceQuote quote = quote("gpt-4o-mini");
    assertThat(quote.price(TokenUsage.of(1000, 1000), 0)).isEqualTo(750_000);
    assertThat(quote.currency()).isEqualTo(USD);
    assertThat(quote.version())
        .matches(
            "v2:USD:1:standard:input=0\\.15,output=0\\.6,cache_read=0\\.075,web_searches=25000,"
                + "file_searches=2500,code_sessions=30000:-:"
                + "2026-11-21-[0-9a-f]{8}:gpt-4o-mini");
  }

  /** What other people's makers billed them: the right values of the table of faults. */
  @Test
  void reports_of_the_field_cost_what_their_makers_bill() {
    assertThat(quote("gpt-5.6").price(new TokenUsage(8_100, 0, 8_000, 13, 0), 0))
        .isEqualTo(40_660_000);
    assertThat(quote("claude-sonnet-4-5").price(new TokenUsage(8_100, 0, 8_000, 13, 0), 0))
        .isEqualTo(30_495_000);
    assertThat(quote("grok-4.20").price(new TokenUsage(10_120, 128, 0, 4_308, 2_809), 0))
        .isEqualTo(23_285_600);
    assertThat(quote("gemini-2.5-flash").price(TokenUsage.of(20, 603), 0)).isEqualTo(1_513_500);
    assertThat(quote("kimi-k2.6").price(new TokenUsage(2_989, 2_900, 0, 13, 0), 0))
        .isEqualTo(600_550);
    assertThat(quote("gpt-4o-mini").price(TokenUsage.of(100, 10), 0)).isEqualTo(21_000);
  }

  @Test
  void a_cache_write_of_an_hour_has_its_own_price_where_the_maker_has_one() {
    TokenUsage hour = TokenUsage.builder().add(UsageKind.CACHE_WRITE_1H, 1_000).build();
    TokenUsage usual = TokenUsage.builder().add(UsageKind.CACHE_WRITE, 1_000).build();
    assertThat(quote("claude-sonnet-4-5").price(usual, 0)).isEqualTo(3_750_000);
    assertThat(quote("claude-sonnet-4-5").price(hour, 0)).isEqualTo(6_000_000);
    assertThat(quote("gpt-5.6").price(hour, 0)).isEqualTo(5_000_000);
    assertThat(quote("gpt-4o").price(hour, 0)).as("no cache write at all").isEqualTo(2_500_000);
  }

  @Test
  void sound_sent_to_gemini_has_its_own_price() {
    TokenUsage sound = TokenUsage.builder().add(UsageKind.AUDIO_INPUT, 1_000).build();
    TokenUsage cached = TokenUsage.builder().add(UsageKind.AUDIO_CACHE_READ, 1_000).build();
    assertThat(quote("gemini-2.5-flash").price(sound, 0)).isEqualTo(1_000_000);
    assertThat(quote("gemini-2.5-flash").price(cached, 0)).isEqualTo(100_000);
    assertThat(quote("gpt-4o").price(sound, 0)).as("what text costs").isEqualTo(2_500_000);
  }

  @Test
  void prices_that_take_more_room_than_a_record_has_are_refused(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("long.yaml");
    Files.writeString(
        file,
        """
        as_of: 2026-01-02
        currency: USD
        models:
          - id: %s
            platform: openai
            owned_by: me
            context_tokens: 1000
            max_output_tokens: 100
            usd_per_million: {input: 1, output: 2}
        """
            .formatted("m".repeat(400)));
    BillingConfig config = new BillingConfig(Optional.of(file), GrantLimits.defaults());
    assertThatThrownBy(() -> PriceTable.load(config))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("bytes in each record (expected: at most 360)");
  }

  @Test
  void a_long_input_costs_its_own_price_for_the_whole_request() {
    PriceQuote quote = quote("gemini-2.5-pro");
    assertThat(quote.price(TokenUsage.of(200_000, 100), 0)).isEqualTo(250_000_000L + 1_000_000L);
    assertThat(quote.price(TokenUsage.of(200_001, 100), 0)).isEqualTo(500_002_500L + 1_500_000L);
  }

  @Test
  void another_currency_is_refused() {
    ModelPrice model = prices.find("gpt-4o-mini").orElseThrow();
    assertThatThrownBy(
            () ->
                prices.quote(
                    model, new TenantId(1), new UserId(1), Asset.money("CNY"), Instant.EPOCH))
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.code()).isEqualTo(ErrorCode.CURRENCY_MISMATCH))
        .hasMessageContaining("CNY")
        .hasMessageContaining("USD");
  }

  @Test
  void a_file_takes_the_place_of_the_shipped_list(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file,
        """
        as_of: 2026-01-02
        currency: USD
        models:
          - id: mine
            platform: openai
            owned_by: me
            context_tokens: 1000
            max_output_tokens: 100
            usd_per_million: {input: 1.5, output: 2}
        """);
    PriceTable mine = PriceTable.load(new BillingConfig(Optional.of(file), GrantLimits.defaults()));
    assertThat(mine.all())
        .containsExactly(
            new ModelPrice(
                "mine",
                List.of(),
                Protocol.OPENAI,
                "me",
                Instant.parse("2026-01-02T00:00:00Z"),
                1000,
                100,
                Map.of(
                    ServiceTier.STANDARD,
                    new TierPrice(KindPrices.of(1_500_000_000L, 2_000_000_000L)))));
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    BillingConfig config =
        new BillingConfig(Optional.of(Path.of("/nowhere/prices.yaml")), GrantLimits.defaults());
    assertThatThrownBy(() -> PriceTable.load(config))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("prices.file: /nowhere/prices.yaml");
  }

  private PriceQuote quote(String model) {
    return prices.quote(
        prices.find(model).orElseThrow(), new TenantId(1), new UserId(1), USD, Instant.EPOCH);
  }

  private void assertPrice(
      String id,
      Protocol protocol,
      long input,
      long read,
      long write,
      long output,
      long reasoning) {
    ModelPrice model = prices.find(id).orElseThrow();
    assertThat(model.protocol()).isEqualTo(protocol);
    KindPrices prices = model.standard().usual();
    assertThat(prices.perMillion(UsageKind.TEXT_INPUT)).isEqualTo(input);
    assertThat(prices.perMillion(UsageKind.CACHE_READ)).isEqualTo(read);
    assertThat(prices.perMillion(UsageKind.CACHE_WRITE)).isEqualTo(write);
    assertThat(prices.perMillion(UsageKind.TEXT_OUTPUT)).isEqualTo(output);
    assertThat(prices.perMillion(UsageKind.REASONING)).isEqualTo(reasoning);
  }

  private static long usd(long thousandths) {
    return thousandths * 1_000_000L;
  }
}
