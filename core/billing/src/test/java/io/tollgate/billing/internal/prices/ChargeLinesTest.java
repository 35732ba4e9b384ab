package io.tollgate.billing.internal.prices;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.ExplainedCharge;
import io.tollgate.billing.ExplainedCharge.Line;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChargeLinesTest {
  private static final Asset USD = Asset.money("USD");
  private static final long SEED = 7;

  @Test
  void a_charge_is_taken_apart_by_hand() {
    QuoteTerms terms =
        new QuoteTerms(
            "list",
            "m",
            USD,
            new PriceMultipliers(new BigDecimal("1.2"), new BigDecimal("0.5")),
            ServiceTier.STANDARD,
            new TierPrice(KindPrices.of(150_000_000, 600_000_000)));
    TokenUsage usage =
        TokenUsage.builder()
            .add(UsageKind.TEXT_INPUT, 1_000)
            .add(UsageKind.TEXT_OUTPUT, 10)
            .build();
    ExplainedCharge explained =
        ExplainedCharge.of(new ListQuote(terms).version(), usage, 505).orElseThrow();
    assertThat(explained.lines())
        .extracting(Line::kind)
        .containsExactly(UsageKind.TEXT_INPUT, UsageKind.TEXT_OUTPUT);
    assertThat(explained.lines().getFirst().perMillion()).isEqualByComparingTo("0.15");
    assertThat(explained.lines().getFirst().multiplier()).isEqualByComparingTo("0.6");
    assertThat(explained.lines().getFirst().amount().toPlainString()).isEqualTo("0.00009");
    assertThat(explained.lines().getLast().amount().units()).isEqualTo(3_600);
    assertThat(explained.full().units()).isEqualTo(93_600);
    assertThat(explained.byQuota().units()).isEqualTo(46_800);
    assertThat(explained.charge().units()).isEqualTo(46_800);
  }

  @Test
  void lines_add_up_to_the_last_digit_whatever_the_prices_are() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 2_000; round++) {
      KindPrices.Builder prices = KindPrices.builder();
      TokenUsage.Builder usage = TokenUsage.builder();
      for (UsageKind kind :
          new UsageKind[] {
            UsageKind.TEXT_INPUT,
            UsageKind.TEXT_OUTPUT,
            UsageKind.CACHE_READ,
            UsageKind.REASONING,
            UsageKind.IMAGES
          }) {
        prices.set(kind, random.nextLong(10_000_000_000L));
        usage.add(kind, random.nextInt(3) == 0 ? 0 : random.nextLong(100_000));
      }
      QuoteTerms terms =
          new QuoteTerms(
              "list",
              "m",
              USD,
              new PriceMultipliers(
                  BigDecimal.valueOf(random.nextLong(20_000), 4),
                  BigDecimal.valueOf(random.nextLong(20_000), 4)),
              ServiceTier.STANDARD,
              new TierPrice(prices.build()),
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(ChargedPart.cacheHit(new BigDecimal("0.37"))));
      ListQuote quote = new ListQuote(terms);
      TokenUsage used = usage.build();
      long covered = random.nextLong(quote.payableTokens(used) + 1);
      ExplainedCharge explained = ExplainedCharge.of(quote.version(), used, covered).orElseThrow();
      assertThat(explained.lines().stream().mapToLong(line -> line.amount().units()).sum())
          .as("seed %d, round %d: %s", SEED, round, quote.version())
          .isEqualTo(explained.full().units());
      assertThat(explained.full().units() - explained.byQuota().units())
          .isEqualTo(quote.price(used, covered));
    }
  }

  @Test
  void a_version_that_nobody_can_read_explains_nothing() {
    assertThat(ExplainedCharge.of("v9:what", TokenUsage.of(1, 1), 0)).isEmpty();
    assertThat(ExplainedCharge.of("", TokenUsage.of(1, 1), 0)).isEmpty();
  }
}
